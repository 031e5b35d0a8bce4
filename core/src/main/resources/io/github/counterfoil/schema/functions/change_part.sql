-- The event of a part of the ticket that is one text, if it changes; the caller moves the part itself. Customers are told if it
-- changes for them, from what they saw; an event that makes the ticket what they see of it already is the staff's.
create or replace function ${schema}.change_part(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_type text, p_visibility text, p_part text, p_old text, p_new text)
language plpgsql
as $$
declare
  c_seen constant text := coalesce(t.shown ->> p_part, p_old);
begin
  if c_seen is distinct from p_new then
    t := append_event(t, e, p_type, p_visibility, jsonb_build_object('old_value', c_seen, 'new_value', p_new));
  elsif p_old is distinct from p_new then
    t := append_event(t, e, p_type, 'private', jsonb_build_object('old_value', p_old, 'new_value', p_new));
  else
    return;
  end if;
  t.beginning := jsonb_build_object(p_part, p_old) || coalesce(t.beginning, '{}');
  t.shown := nullif(t.shown - p_part, '{}');
end
$$;
revoke all on function ${schema}.change_part(${schema}.ticket, ${schema}.ticket_event, text, text, text, text, text) from public;
