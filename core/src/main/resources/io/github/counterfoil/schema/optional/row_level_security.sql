-- Counterfoil: row-level security, optional. Run it in one transaction as a superuser, or as a role that owns the objects and may
-- create roles (or is a member of the owner, if that is there); after all other files, and again after each upgrade and after each change of the
-- event types that customers see. It touches Counterfoil's own objects, one by one, and nothing else in their schema.
--   owner        owns the objects, runs migrations, and is nobody's login
--   application  what Counterfoil connects as: reads all, writes through the functions alone
--   customer     SQL on behalf of one customer: reads what the customer's desk would show, in a schema of its own

do $roles$
declare
  v_role text;
begin
  foreach v_role in array array['${owner}', '${application}', '${customer}'] loop
    if not exists (select from pg_roles r where '"' || replace(r.rolname, '"', '""') || '"' = v_role) then
      execute 'create role ' || v_role || ' nologin';
      -- Whoever hands objects over to a role must be a member of it.
      if v_role = '${owner}' and not (select r.rolsuper from pg_roles r where r.rolname = current_user) then
        execute 'grant ' || v_role || ' to current_user';
      end if;
    end if;
  end loop;
  if to_regnamespace('${customer_schema}') is null then
    create schema ${customer_schema};
  end if;
end
$roles$;

${viewer_functions}
-- Functions with their owner's rights, and not policies: a plan tells nothing of what they leave out, and whoever is granted
-- more than they should be still sees no row of a table.
create or replace function ${customer_schema}.own_tickets()
returns table (id uuid, title text, description text, status text, priority text, feedback jsonb, source_channel text,
               created_at timestamptz, updated_at timestamptz, assigned_to text[], version integer)
language sql stable security definer
set search_path = ${schema}, pg_temp
as $$
  select t.id, coalesce(t.shown ->> 'title', t.title), coalesce(t.shown ->> 'description', t.description),
         coalesce(t.shown ->> 'status', t.status), coalesce(t.shown ->> 'priority', t.priority),
         (select jsonb_build_object('rating', f.rating, 'comment', f.comment, 'submitted_at', f.submitted_at)
          from ticket_feedback f where f.ticket_id = t.id and not f.private order by f.closed_seq desc limit 1),
         t.source_channel, t.created_at, t.public_updated_at,
         case when t.shown_assigned_to is null then array(
           select ${agent_name} from ticket_assignment a join worker agent on agent.id = a.worker_id
           where a.ticket_id = t.id
           order by a.assigned_at, agent.id
           limit ${assignees_named})
         else array(
           select ${agent_name} from unnest(t.shown_assigned_to) with ordinality as a (worker_id, n)
           join worker agent on agent.id = a.worker_id
           order by a.n
           limit ${assignees_named}) end,
         t.last_public_seq
  from (select o.id from ticket o where o.customer_id = ${customer_schema}.viewer()
        union select p.ticket_id from ticket_participant p where p.customer_id = ${customer_schema}.viewer()) as seen
  join ticket t on t.id = seen.id
$$;

create or replace function ${customer_schema}.own_history(p_ticket_id uuid)
returns table (id uuid, number integer, type text, created_at timestamptz, role text, author_name text, body jsonb)
language sql stable security definer
set search_path = ${schema}, pg_temp
as $$
  select e.id, e.public_seq, e.type, e.public_at, e.role,
         case e.role when 'customer' then ${full_name} else ${agent_name} end,
         case
           when e.type = 'message' then
             jsonb_build_object(
               'content', e.body -> 'content',
               'attachments', coalesce((
                 select jsonb_agg(case jsonb_typeof(a.value) when 'object' then a.value - 'private' else a.value end
                                  order by a.ordinality)
                 from jsonb_array_elements(e.body -> 'attachments') with ordinality a), '[]'))
           when e.type in ('status-update', 'priority-update', 'title-update', 'description-update') then
             jsonb_build_object('old_value', e.body -> 'old_value', 'new_value', e.body -> 'new_value')
           when e.type in ('assignment-added', 'assignment-removed') then
             jsonb_build_object('agent_name', coalesce(
               (select ${agent_name} from worker agent where agent.id = (e.body ->> 'agent_id')::uuid), ''))
           when e.type = 'feedback-submitted' then
             jsonb_build_object('rating', e.body -> 'rating', 'comment', e.body -> 'comment')
           when e.type = 'event-redacted' then
             jsonb_build_object('event_id', e.body -> 'event_id', 'members', e.body -> 'members')
           when e.type = any (array[${whole_types}]::text[]) then e.body
           else coalesce((
             select jsonb_object_agg(m.key, m.value) from jsonb_each(e.body) m
             where e.type || '.' || m.key = any (array[${shown_members}]::text[])), '{}')
         end
         || coalesce((
              select jsonb_build_object('redacted', jsonb_agg(m.name order by m.n))
              from jsonb_array_elements_text(case jsonb_typeof(e.body -> 'redacted') when 'array' then e.body -> 'redacted' else '[]' end)
                with ordinality as m (name, n)
              where redaction_side(e.type, m.name) = 'public' or e.type = any (array[${whole_types}]::text[])
                or e.type || '.' || regexp_replace(m.name, '\[[0-9]+\]$', '') = any (array[${shown_members}]::text[])
              having count(*) > 0), '{}')
  from ticket t
  join ticket_event e on e.ticket_id = t.id
  cross join lateral (select e.created_by_first_name as first_name, e.created_by_last_name as last_name) agent
  where t.id = p_ticket_id
    and (t.customer_id = ${customer_schema}.viewer()
      or exists (select from ticket_participant p where p.ticket_id = t.id and p.customer_id = ${customer_schema}.viewer()))
    and e.public_seq is not null
    and e.type in (${public_types})
    -- One that lacks what its type requires is hidden, as at the desk, and breaks no reading of the others.
    and case
          when e.type = 'message' then
            jsonb_typeof(e.body -> 'content') = 'string' and jsonb_typeof(e.body -> 'attachments') = 'array'
          when e.type = 'status-update' then
            e.body -> 'old_value' in ('"new"', '"open"', '"pending"', '"closed"')
            and e.body -> 'new_value' in ('"new"', '"open"', '"pending"', '"closed"')
          when e.type = 'priority-update' then
            e.body -> 'old_value' in ('"low"', '"medium"', '"high"') and e.body -> 'new_value' in ('"low"', '"medium"', '"high"')
          when e.type in ('title-update', 'description-update') then
            jsonb_typeof(e.body -> 'old_value') = 'string' and jsonb_typeof(e.body -> 'new_value') = 'string'
          when e.type in ('assignment-added', 'assignment-removed') then
            jsonb_typeof(e.body -> 'agent_id') = 'string'
            and e.body ->> 'agent_id' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          when e.type = 'event-redacted' then jsonb_typeof(e.body -> 'members') = 'array'
          when e.type = 'feedback-submitted' then
            jsonb_typeof(e.body -> 'rating') = 'number' and e.body ->> 'rating' ~ '^-?[0-9]{1,9}$'
            and coalesce(jsonb_typeof(e.body -> 'comment'), 'null') in ('string', 'null')
          else jsonb_typeof(e.body) = 'object'
        end
  order by e.public_seq
$$;

create or replace function ${customer_schema}.own_profile()
returns table (id uuid, email text, first_name text, last_name text, communication_channels text[], preferred_language text)
language sql stable security definer
set search_path = ${schema}, pg_temp
as $$
  select c.id, c.email, c.first_name, c.last_name, c.communication_channels, c.preferred_language
  from customer c where c.id = ${customer_schema}.viewer()
$$;

create or replace view ${customer_schema}.tickets with (security_invoker = true) as
select t.* from ${customer_schema}.own_tickets() t;

create or replace view ${customer_schema}.ticket_history with (security_invoker = true) as
select t.id as ticket_id, h.* from ${customer_schema}.own_tickets() t cross join lateral ${customer_schema}.own_history(t.id) h;

create or replace view ${customer_schema}.profile with (security_invoker = true) as
select p.* from ${customer_schema}.own_profile() p;

-- Beside the guards: whatever a customer was granted by mistake, also the functions, writes nothing. Who asks is looked for
-- behind the functions' owner, and who may write are those whom the policy of the table names.
create or replace function ${schema}.refuse_stranger() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  v_caller constant name := coalesce(nullif(current_setting('role'), 'none'), session_user);
begin
  if not exists (select from pg_policy p cross join unnest(p.polroles) as allowed (role)
                 where p.polrelid = tg_relid and p.polname = 'counterfoil_staff'
                   and pg_has_role(v_caller, allowed.role, 'usage')) then
    raise exception 'counterfoil: % of %.% is refused to a role that is no member of the application''s',
      tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;

-- Every table: its owner too is bound by the policies, and what no policy allows nobody sees.
do $tables$
declare
  v_table  regclass;
  v_object record;
begin
  foreach v_table in array ${tables} loop
    execute format('alter table %s enable row level security', v_table);
    execute format('alter table %s force row level security', v_table);
    execute format('drop policy if exists counterfoil_customer on %s', v_table);
    execute format('drop policy if exists counterfoil_staff on %s', v_table);
    execute format('create policy counterfoil_staff on %s to %s, %s using (true) with check (true)',
                   v_table, '${owner}', '${application}');
    execute format('create or replace trigger guard_role before insert or update or delete or truncate on %s'
      ' for each statement execute function %s()', v_table, '${schema}.refuse_stranger()'::regprocedure::regproc);
  end loop;

  -- Whoever else was granted something, as by default privileges of the schema.
  for v_object in
    select 'table' as kind, c.oid::regclass::text as name,
           case g.grantee when 0 then 'public' else g.grantee::regrole::text end as grantee
    from pg_class c cross join aclexplode(c.relacl) g
    where c.oid = any (${relations}) and g.grantee <> c.relowner
    union
    select 'function', p.oid::regprocedure::text,
           case g.grantee when 0 then 'public' else g.grantee::regrole::text end
    from pg_proc p cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
    where g.grantee <> p.proowner
      and (p.pronamespace = '${customer_schema}'::regnamespace
           and p.proname in ('viewer', 'view_as', 'own_tickets', 'own_history', 'own_profile')
        or p.pronamespace = '${schema}'::regnamespace
           and (p.proname = 'refuse_stranger'
             or ${signature} = any (${functions})))
  loop
    execute format('revoke all on %s %s from %s', v_object.kind, v_object.name, v_object.grantee);
  end loop;
end
$tables$;

${grants}
grant usage on schema ${customer_schema} to ${application}, ${customer};
grant select on ${customer_schema}.tickets, ${customer_schema}.ticket_history, ${customer_schema}.profile
  to ${application}, ${customer};
grant execute on function ${customer_schema}.viewer(), ${customer_schema}.own_tickets(), ${customer_schema}.own_history(uuid),
  ${customer_schema}.own_profile() to ${application}, ${customer};

do $handover$
declare
  v_object record;
begin
  if to_regprocedure('${customer_schema}.view_as(uuid)') is not null then
    execute 'grant execute on function ${customer_schema}.view_as(uuid) to ${application}, ${customer}';
  end if;
  if not has_schema_privilege('${owner}'::regrole, '${schema}'::regnamespace, 'create') then
    execute 'grant usage, create on schema ${schema} to ${owner}';
  end if;
  if not has_schema_privilege('${owner}'::regrole, '${customer_schema}'::regnamespace, 'create') then
    execute 'grant usage, create on schema ${customer_schema} to ${owner}';
  end if;
  if not has_schema_privilege('${owner}'::regrole, '${users_schema}'::regnamespace, 'usage') then
    execute 'grant usage on schema ${users_schema} to ${owner}';
  end if;
  if obj_description('${users}'::regclass, 'pg_class') = 'made by Counterfoil' then
    execute 'grant select, insert on ${users} to ${owner}';
  elsif not has_column_privilege('${owner}'::regrole, '${users}'::regclass, ${users_id_name}, 'select') then
    execute 'grant select (${users_id}), references (${users_id}) on ${users} to ${owner}';
  end if;
  for v_object in
    select case c.relkind when 'v' then 'view' else 'table' end as kind, c.oid::regclass::text as name
    from pg_class c
    where c.relowner <> '${owner}'::regrole
      and (c.oid = any (${relations})
        or c.relnamespace = '${customer_schema}'::regnamespace and c.relname in ('tickets', 'ticket_history', 'profile'))
    union all
    select 'function', p.oid::regprocedure::text
    from pg_proc p
    where p.proowner <> '${owner}'::regrole
      and (p.pronamespace = '${customer_schema}'::regnamespace
           and p.proname in ('viewer', 'view_as', 'own_tickets', 'own_history', 'own_profile')
        or p.pronamespace = '${schema}'::regnamespace
           and (p.proname = 'refuse_stranger'
             or ${signature} = any (${functions})))
  loop
    execute format('alter %s %s owner to %s', v_object.kind, v_object.name, '${owner}');
  end loop;
end
$handover$;
