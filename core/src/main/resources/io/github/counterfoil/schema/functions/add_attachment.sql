-- Notes that a file comes for a ticket, before the store is given its bytes: what a crash leaves there has a row by which it is found.
create or replace function ${schema}.add_attachment(
  p_id uuid, p_ticket_id uuid, p_actor_id uuid, p_role text, p_name text, p_media_type text, p_now timestamptz, p_patience integer,
  p_durable boolean)
returns table (refusal text, subject uuid)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_blocked boolean;
begin
  perform hold_author(p_role, p_actor_id);
  if p_role = 'agent' then
    select false into v_blocked from worker w where w.id = p_actor_id and w.active;
  else
    select c.blocked or c.erased into v_blocked from customer c where c.id = p_actor_id;
  end if;
  if v_blocked is null then
    refusal := 'actor.unknown';
    subject := p_actor_id;
  elsif v_blocked then
    refusal := 'actor.blocked';
    subject := p_actor_id;
  elsif not exists (
    select from ticket t
    where t.id = p_ticket_id
      and (p_role = 'agent' or t.customer_id = p_actor_id
        or exists (select from ticket_participant p where p.ticket_id = t.id and p.customer_id = p_actor_id)))
  then
    refusal := 'ticket.not_found';
    subject := p_ticket_id;
  else
    perform set_guard('command', 'on');
    insert into attachment (id, ticket, uploader, role, name, media_type, created_at)
    values (p_id, p_ticket_id, p_actor_id, p_role, p_name, p_media_type, coalesce(p_now, clock_timestamp()))
    on conflict (id) do nothing;
    perform set_guard('command', '');
  end if;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.add_attachment(uuid, uuid, uuid, text, text, text, timestamptz, integer, boolean) from public;
