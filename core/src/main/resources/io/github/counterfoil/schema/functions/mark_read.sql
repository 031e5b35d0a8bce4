-- Stores up to where who acts has seen a ticket, never less than before: up to p_seq as their side counts, or to its end. It locks
-- nothing that who writes in the ticket waits for. Of an erased customer nothing is kept.
create or replace function ${schema}.mark_read(
  p_ticket_id uuid, p_actor_id uuid, p_role text, p_seq integer, p_patience integer, p_durable boolean)
returns table (refusal text, subject uuid)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_last    integer;
  v_erased  boolean;
  v_done    text;
begin
  v_done := hold_author(p_role, p_actor_id)::text;
  if p_role = 'agent' then
    select false into v_erased from worker w where w.id = p_actor_id and w.active;
  else
    select c.erased into v_erased from customer c where c.id = p_actor_id;
  end if;
  if not found then
    refusal := 'actor.unknown';
    subject := p_actor_id;
  else
    select case p_role when 'agent' then t.last_seq else t.last_public_seq end into v_last
    from ticket t
    where t.id = p_ticket_id
      and (p_role = 'agent' or t.customer_id = p_actor_id
        or exists (select from ticket_participant p where p.ticket_id = t.id and p.customer_id = p_actor_id));
    if not found then
      refusal := 'ticket.not_found';
      subject := p_ticket_id;
    elsif not v_erased then
      v_done := set_guard('command', 'on');
      insert into ticket_read (ticket_id, viewer_id, role, seq)
      values (p_ticket_id, p_actor_id, p_role, least(coalesce(p_seq, v_last), v_last))
      on conflict (ticket_id, viewer_id, role) do update set seq = excluded.seq where ticket_read.seq < excluded.seq;
      v_done := set_guard('command', '');
    end if;
  end if;
  return next;
  v_done := set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.mark_read(uuid, uuid, text, integer, integer, boolean) from public;
