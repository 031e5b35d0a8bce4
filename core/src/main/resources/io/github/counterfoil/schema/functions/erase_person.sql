-- Takes a person's names, addresses and languages out of the database, the names under their events included. Their id,
-- their tickets and what they wrote stay. A worker must have been deactivated first.
create or replace function ${schema}.erase_person(p_id uuid, p_admin_id uuid) returns text
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  v_customer boolean;
  v_worker   boolean;
  v_refusal  text;
begin
  -- Given back on each way out; what is thrown takes it back by itself.
  perform set_config('counterfoil.erasure', 'on', true);
  <<work>>
  begin
    perform from worker w where w.id = p_admin_id and w.active and w.role = 'admin';
    if not found then
      v_refusal := 'actor.not_admin';
      exit work;
    end if;
    -- Who writes under the person's name now is waited for; who comes later writes the new one.
    perform pg_advisory_xact_lock(author_lock(p_id));
    perform from worker w where w.id = p_id and w.active for no key update;
    if found then
      v_refusal := 'worker.active';
      exit work;
    end if;
    update worker w set first_name = 'Erased', last_name = 'Worker', email = w.id || '@erased.invalid', skills = '{}',
                        languages = '{}', timezone = 'UTC', metrics = '{}', erased = true
    where w.id = p_id;
    v_worker := found;
    update customer c set first_name = 'Erased', last_name = 'Customer', email = c.id || '@erased.invalid',
                          preferred_language = null, erased = true
    where c.id = p_id;
    v_customer := found;
    update ticket_event e set
      created_by_first_name = 'Erased', created_by_last_name = case e.role when 'agent' then 'Worker' else 'Customer' end
    where e.created_by = p_id;
    v_refusal := case when not v_customer and not v_worker then 'person.not_found' end;
  end work;
  perform set_config('counterfoil.erasure', '', true);
  return v_refusal;
end
$$;
revoke all on function ${schema}.erase_person(uuid, uuid) from public;
