-- Makes up people whom imported tickets name and nobody has registered, so that the tickets can come in. p is an array of {id,
-- role, first_name, last_name, either}; where either is true, a customer of that id will do. Those come back that were made. Who
-- was erased on one side is made up as erased on the other. The address is random, so that nobody can have taken it before.
-- A statement of its own, since it holds people.
create or replace function ${schema}.register_placeholders(p jsonb, p_patience integer, p_durable boolean)
returns table (id uuid, role text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v        record;
  v_erased boolean;
begin
  for v in
    select distinct on (x.id, x.role) x.*
    from jsonb_to_recordset(p) as x (id uuid, role text, first_name text, last_name text, either boolean) order by x.id, x.role
  loop
    id := v.id;
    role := v.role;
    if not exists (select from worker w where role = 'agent' and w.id = v.id)
      and not exists (select from customer c where (role = 'customer' or v.either) and c.id = v.id)
    then
      v_erased := erased_as_other(v.id, role);
      if v_erased then
        select s.first_name, s.last_name into v.first_name, v.last_name from stand_in(role) s;
      end if;
      if role = 'agent' then
        insert into worker (id, email, first_name, last_name, role, timezone, active, placeholder, erased)
        values (v.id, gen_random_uuid() || '@placeholder.invalid', v.first_name, v.last_name, 'agent', 'UTC', false, true, v_erased)
        on conflict do nothing;
      else
        insert into customer (id, email, first_name, last_name, placeholder, erased)
        values (v.id, gen_random_uuid() || '@placeholder.invalid', v.first_name, v.last_name, true, v_erased)
        on conflict do nothing;
      end if;
      if found then
        return next;
      end if;
    end if;
  end loop;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.register_placeholders(jsonb, integer, boolean) from public;
