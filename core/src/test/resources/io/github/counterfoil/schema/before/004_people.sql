-- Counterfoil 4: customers and workers. As in 002, refusals come back as data.

create function ${schema}.ensure_user(p_id uuid) returns boolean
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  if obj_description('${users}'::regclass, 'pg_class') = 'made by Counterfoil' then
    insert into ${users} (${users_id}) values (p_id) on conflict do nothing;
    return true;
  end if;
  return exists (select from ${users} u where u.${users_id} = p_id);
end
$$;

create function ${schema}.register_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  if not ensure_user(p_id) then
    return 'user-unknown';
  end if;
  insert into customer (id, email, first_name, last_name, preferred_language)
  values (p_id, p_email, p_first_name, p_last_name, p_preferred_language)
  on conflict do nothing;
  if found then
    return 'registered';
  end if;
  return case when exists (select from customer c where c.id = p_id) then 'exists' else 'email-taken' end;
end
$$;

create function ${schema}.register_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_role text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  if not ensure_user(p_id) then
    return 'user-unknown';
  end if;
  insert into worker (id, email, first_name, last_name, role, skills, languages, timezone, metrics)
  values (p_id, p_email, p_first_name, p_last_name, p_role, p_skills, p_languages, p_timezone, p_metrics)
  on conflict do nothing;
  if found then
    return 'registered';
  end if;
  return case when exists (select from worker w where w.id = p_id) then 'exists' else 'email-taken' end;
end
$$;

-- In both: a null leaves the value as it is.
create function ${schema}.update_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  update customer c set
    email = coalesce(p_email, c.email),
    first_name = coalesce(p_first_name, c.first_name),
    last_name = coalesce(p_last_name, c.last_name),
    preferred_language = coalesce(p_preferred_language, c.preferred_language)
  where c.id = p_id;
  return case when found then 'updated' else 'person-unknown' end;
exception when unique_violation then
  return 'email-taken';
end
$$;

create function ${schema}.update_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_role text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  update worker w set
    email = coalesce(p_email, w.email),
    first_name = coalesce(p_first_name, w.first_name),
    last_name = coalesce(p_last_name, w.last_name),
    role = coalesce(p_role, w.role),
    skills = coalesce(p_skills, w.skills),
    languages = coalesce(p_languages, w.languages),
    timezone = coalesce(p_timezone, w.timezone),
    metrics = coalesce(p_metrics, w.metrics)
  where w.id = p_id;
  return case when found then 'updated' else 'person-unknown' end;
exception when unique_violation then
  return 'email-taken';
end
$$;

-- Frees every ticket that the worker is assigned to and that is not closed, each with its event. What is past stays.
create function ${schema}.deactivate_worker(p_id uuid, p_admin_id uuid, p_command uuid, p_now timestamptz)
returns table (outcome text, ticket_id uuid)
language plpgsql
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
begin
  perform from worker w where w.id = p_admin_id and w.active and w.role = 'admin';
  if not found then
    outcome := 'not-admin';
    return next;
    return;
  end if;

  -- Tickets are locked before workers, and by id, as everywhere.
  perform from ticket t
  where t.id in (select a.ticket_id from ticket_assignment a where a.worker_id = p_id) and t.status <> 'closed'
  order by t.id for update;
  update worker w set active = false where w.id = p_id and w.active;
  if not found then
    outcome := case when exists (select from worker w where w.id = p_id) then 'unchanged' else 'worker-unknown' end;
    return next;
    return;
  end if;

  -- From here on nobody can assign the worker any more; those who did before have committed.
  outcome := 'freed';
  for ticket_id in
    select a.ticket_id from ticket_assignment a join ticket t on t.id = a.ticket_id
    where a.worker_id = p_id and t.status <> 'closed' order by a.ticket_id
  loop
    perform apply_command(ticket_id, p_admin_id, 'agent', gen_random_uuid(), p_command, null, p_now, 'unassign',
                          jsonb_build_object('worker', p_id));
    return next;
  end loop;
end
$$;

create function ${schema}.reactivate_worker(p_id uuid, p_admin_id uuid) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  perform from worker w where w.id = p_admin_id and w.active and w.role = 'admin';
  if not found then
    return 'not-admin';
  end if;
  update worker w set active = true where w.id = p_id;
  return case when found then 'updated' else 'person-unknown' end;
end
$$;

-- Takes a person's names, addresses and languages out of the database, the names under their events included. Their id,
-- their tickets and what they wrote stay. A worker must have been deactivated first.
create function ${schema}.erase_person(p_id uuid, p_admin_id uuid) returns text
language plpgsql
set search_path = ${schema}, pg_temp
set counterfoil.erasure = 'on'
as $$
declare
  v_customer boolean;
  v_worker   boolean;
begin
  perform from worker w where w.id = p_admin_id and w.active and w.role = 'admin';
  if not found then
    return 'not-admin';
  end if;
  perform from worker w where w.id = p_id and w.active for update;
  if found then
    return 'worker-active';
  end if;
  update worker w set first_name = 'Erased', last_name = 'Worker', email = w.id || '@erased.invalid', skills = '{}',
                      languages = '{}', timezone = 'UTC', metrics = '{}'
  where w.id = p_id;
  v_worker := found;
  update customer c set first_name = 'Erased', last_name = 'Customer', email = c.id || '@erased.invalid',
                        preferred_language = null
  where c.id = p_id;
  v_customer := found;
  update ticket_event e set
    created_by_first_name = 'Erased', created_by_last_name = case e.role when 'agent' then 'Worker' else 'Customer' end
  where e.created_by = p_id;
  return case when v_customer or v_worker then 'updated' else 'person-unknown' end;
end
$$;

create function ${schema}.change_worker_role(p_id uuid, p_admin_id uuid, p_role text) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
begin
  perform from worker w where w.id = p_admin_id and w.active and w.role = 'admin';
  if not found then
    return 'not-admin';
  end if;
  update worker w set role = p_role where w.id = p_id;
  return case when found then 'updated' else 'person-unknown' end;
end
$$;

-- A worker's figures over p_from <= time < p_to, from assignments, closings, ratings and messages alone. A ticket that was
-- closed, opened again and closed again was resolved twice.
create function ${schema}.worker_figures(p_id uuid, p_from timestamptz, p_to timestamptz)
returns table (open_load integer, resolved integer, resolution_median double precision,
               resolution_90th double precision, first_response_median double precision, average_rating double precision)
language sql stable
set search_path = ${schema}, pg_temp
as $$
  select
    (select count(*)::integer from ticket_assignment a join ticket t on t.id = a.ticket_id
     where a.worker_id = p_id and t.status <> 'closed'),
    r.resolved, extract(epoch from r.median)::double precision, extract(epoch from r.ninetieth)::double precision,
    (select extract(epoch from percentile_cont(0.5) within group (order by e.created_at - t.created_at))::double precision
     from ticket_event e join ticket t on t.id = e.ticket_id
     where e.created_at >= p_from and e.created_at < p_to
       and e.created_by = p_id and e.role = 'agent' and e.type = 'message' and e.visibility = 'public'
       and not exists (select from ticket_event earlier
                       where earlier.ticket_id = e.ticket_id and earlier.seq < e.seq and earlier.role = 'agent'
                         and earlier.type = 'message' and earlier.visibility = 'public')),
    (select avg(f.rating)::double precision
     from ticket_resolution x join ticket_feedback f using (ticket_id, closed_seq)
     where x.worker_id = p_id and f.submitted_at >= p_from and f.submitted_at < p_to)
  from (select count(*)::integer as resolved,
               percentile_cont(0.5) within group (order by x.resolved_at - x.assigned_at) as median,
               percentile_cont(0.9) within group (order by x.resolved_at - x.assigned_at) as ninetieth
        from ticket_resolution x
        where x.worker_id = p_id and x.resolved_at >= p_from and x.resolved_at < p_to) r
  where exists (select from worker w where w.id = p_id)
$$;

insert into ${schema}.schema_history (version, name) values (4, 'people');
