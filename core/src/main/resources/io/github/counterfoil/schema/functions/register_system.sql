-- An actor of the host's that is no person. Registering it again names it anew. Whom an import made up under its id, and nothing is
-- assigned to, becomes it.
create or replace function ${schema}.register_system(p_id uuid, p_name text) returns text
language plpgsql
as $$
begin
  -- One and the same id would have the rights of both.
  perform from customer c where c.id = p_id for share;
  if found then
    return case when erased_as_other(p_id, 'agent') then 'person.erased' else 'person.exists' end;
  end if;
  insert into worker (id, email, first_name, last_name, role, timezone, system)
  values (p_id, gen_random_uuid() || '@system.invalid', p_name, '', 'agent', 'UTC', true)
  on conflict (id) do nothing;
  if found then
    return null;
  end if;
  perform from worker w where w.id = p_id for no key update;
  update worker w set first_name = p_name, last_name = '', active = true, placeholder = false, system = true
  where w.id = p_id
    and (w.system
         or w.placeholder and not w.erased and tickets_of_worker(p_id) = '{}'
             and not exists (select 1 from ticket_resolution r where r.worker_id = p_id));
  return case when not found then 'person.exists' end;
end
$$;
revoke all on function ${schema}.register_system(uuid, text) from public;
