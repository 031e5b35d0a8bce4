-- Why nothing was changed about a person in a role: who was erased is never named again, and others are not there.
create or replace function ${schema}.refused_person(p_id uuid, p_role text) returns text
language plpgsql
as $$
begin
  if p_role = 'agent' then
    return case when exists (select from worker w where w.id = p_id and not w.system) then 'person.erased' else 'worker.not_found' end;
  end if;
  return case when exists (select from customer c where c.id = p_id) then 'person.erased' else 'customer.not_found' end;
end
$$;
revoke all on function ${schema}.refused_person(uuid, text) from public;
