-- The same changes to each of several tickets, each as one command of its own. p_items is an array of {ticket, event,
-- command, expected}. All tickets are locked before any is changed, in the order of their ids: whoever works on several so
-- never waits in a circle, nor with people, who are locked after tickets. A ticket that somebody holds for longer than is
-- left of p_waiting, or than a lock_timeout of the caller's own, is refused alone.
create or replace function ${schema}.apply_to_each(
  p_actor_id uuid, p_role text, p_items jsonb, p_now timestamptz, p_changes jsonb, p_waiting interval,
  p_patience integer, p_durable boolean
) returns table (
  ticket_id uuid, outcome text, refusal text, field text, "limit" bigint, subject uuid, place integer,
  version integer, public_version integer, seq integer, id uuid, type text, created_at timestamptz, created_by uuid,
  created_by_first_name text, created_by_last_name text, role text, visibility text, body jsonb, public_seq integer,
  public_at timestamptz)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_before  constant text := begin_call(p_patience, p_durable);
  c_timeout constant text := current_setting('lock_timeout');
  v_until   constant timestamptz := clock_timestamp() + least(p_waiting, c_timeout::interval);
  v_held    uuid[] := '{}';
  v_missing uuid[] := '{}';
  item      record;
begin
  for ticket_id in select (x.item ->> 'ticket')::uuid from jsonb_array_elements(p_items) as x (item) order by 1 loop
    perform from ticket where ticket.id = ticket_id for update skip locked;
    if not found then
      begin
        perform set_config(
          'lock_timeout', greatest(1, 1000 * extract(epoch from v_until - clock_timestamp()))::integer::text, true);
        perform from ticket where ticket.id = ticket_id for update;
        if not found then
          v_missing := v_missing || ticket_id;
        end if;
      exception when lock_not_available then
        v_held := v_held || ticket_id;
      end;
    end if;
  end loop;
  perform set_config('lock_timeout', c_timeout, true);

  for item in
    select x.ticket, x.event, x.command, x.expected
    from jsonb_to_recordset(p_items) as x (ticket uuid, event uuid, command uuid, expected integer) order by x.ticket
  loop
    if item.ticket = any (v_held) then
      ticket_id := item.ticket;
      refusal := 'ticket.busy';
      subject := item.ticket;
      return next;
    elsif item.ticket = any (v_missing) then
      -- One that came meanwhile was not locked in its turn, and is waited for no more.
      ticket_id := item.ticket;
      if exists (select from worker w where p_role = 'agent' and w.id = p_actor_id and w.active)
        or exists (select from customer c where p_role = 'customer' and c.id = p_actor_id)
      then
        refusal := 'ticket.not_found';
        subject := item.ticket;
      else
        refusal := 'actor.unknown';
        subject := p_actor_id;
      end if;
      return next;
    else
      return query
        select a.* from apply_command(item.ticket, p_actor_id, p_role, item.event, item.command, item.expected,
                                                   p_now, p_changes, null, null, null) as a;
    end if;
  end loop;
  perform set_config('lock_timeout', c_before, true);
end
$$;
revoke all on function ${schema}.apply_to_each(uuid, text, jsonb, timestamptz, jsonb, interval, integer, boolean) from public;
