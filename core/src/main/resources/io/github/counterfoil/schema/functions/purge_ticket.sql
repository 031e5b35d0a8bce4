-- One ticket is taken out: one statement for the caller, done at most once under its command. Refusals come back as columns.
create or replace function ${schema}.purge_ticket(
  p_ticket_id uuid, p_admin_id uuid, p_command uuid, p_now timestamptz, p_patience integer, p_durable boolean
) returns table (refusal text, subject uuid)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_there   boolean;
begin
  perform from ticket t where t.id = p_ticket_id for update;
  v_there := found;
  -- What was done is told whatever became of rights since.
  if not exists (select from ticket_purge p where p.id = p_ticket_id and p.command = p_command) then
    if not is_admin(p_admin_id) then
      refusal := 'actor.not_admin';
      subject := p_admin_id;
    elsif not v_there then
      refusal := 'ticket.not_found';
      subject := p_ticket_id;
    else
      perform purge_tickets(array[p_ticket_id], p_admin_id, p_command, p_now);
    end if;
  end if;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.purge_ticket(uuid, uuid, uuid, timestamptz, integer, boolean) from public;
