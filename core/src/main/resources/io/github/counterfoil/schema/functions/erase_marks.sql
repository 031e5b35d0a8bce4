-- What the person has seen of tickets, in the order of their ids, as purging takes it: neither waits for the other in a circle. Who is
-- erased stores no more of it.
create or replace function ${schema}.erase_marks(p_id uuid, p_state jsonb, p_at_once integer) returns jsonb
language plpgsql
as $$
declare
  v_gone bigint;
begin
  perform set_guard('command', 'on');
  delete from ticket_read r
  using (select m.ticket_id, m.role from ticket_read m where m.viewer_id = p_id
         order by m.ticket_id, m.role limit p_at_once for update) as x
  where r.ticket_id = x.ticket_id and r.viewer_id = p_id and r.role = x.role;
  get diagnostics v_gone = row_count;
  perform set_guard('command', '');
  return case when v_gone < p_at_once then p_state || '{"step": "kept"}' else p_state end;
end
$$;
revoke all on function ${schema}.erase_marks(uuid, jsonb, integer) from public;
