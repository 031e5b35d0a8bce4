-- Lets go of a person's user. A worker must have been deactivated first.
create or replace function ${schema}.detach_person(p_id uuid) returns text
language plpgsql
as $$
declare
  v_found boolean;
begin
  -- In the order of an erasing.
  perform from worker w where w.id = p_id for no key update;
  perform from customer c where c.id = p_id for no key update;
  if exists (select from worker w where w.id = p_id and w.active) then
    return 'worker.active';
  end if;
  update worker w set detached = true where w.id = p_id;
  v_found := found;
  update customer c set detached = true where c.id = p_id;
  return case when not found and not v_found then 'person.not_found' end;
end
$$;
revoke all on function ${schema}.detach_person(uuid) from public;
