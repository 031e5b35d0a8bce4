create or replace function ${schema}.change_description(inout t ${schema}.ticket, e ${schema}.ticket_event, p_value text)
language plpgsql
as $$
declare
  v_old text := coalesce(t.description, (select x.description from ticket x where x.id = t.id));
begin
  t := change_part(t, e, 'description-update', 'public', 'description', v_old, p_value);
  t.description := p_value;
end
$$;
revoke all on function ${schema}.change_description(${schema}.ticket, ${schema}.ticket_event, text) from public;
