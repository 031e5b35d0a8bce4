-- What lists are read from repeats the priority.
create or replace function ${schema}.change_priority(inout t ${schema}.ticket, e ${schema}.ticket_event, p_value text)
language plpgsql
as $$
begin
  t := change_part(t, e, 'priority-update', 'public', 'priority', t.priority, p_value);
  t.priority := p_value;
  update ticket_assignment a set priority = p_value where a.ticket_id = t.id and a.priority <> p_value;
  if t.tags <> '{}' then
    update ticket_tag g set priority = p_value where g.ticket_id = t.id and g.priority <> p_value;
  end if;
end
$$;
revoke all on function ${schema}.change_priority(${schema}.ticket, ${schema}.ticket_event, text) from public;
