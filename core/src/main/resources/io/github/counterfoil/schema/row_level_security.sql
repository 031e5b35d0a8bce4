-- Counterfoil: row-level security, optional. Run it in one transaction as the owner of the objects (or as a superuser)
-- after the numbered files, and again after each upgrade and after each change of the event types that customers see.
-- Placeholders beside those of the numbered files: ${owner}, ${application} and ${customer} the three roles,
-- ${public_types} the event types that customers see, ${agent_name} an agent's name as customers see it, and
-- ${assignees_named} how many of a ticket's agents are named to them.
--   owner        owns the objects, runs migrations, and is nobody's login
--   application  what Counterfoil connects as: all rows, no table of its own, no guard that it could disable
--   customer     raw SQL on behalf of one customer: reads what the customer's desk would show, and writes nothing

do $roles$
declare
  v_role text;
begin
  foreach v_role in array array['${owner}', '${application}', '${customer}'] loop
    if not exists (select from pg_roles r where '"' || replace(r.rolname, '"', '""') || '"' = v_role) then
      execute 'create role ' || v_role || ' nologin';
    end if;
  end loop;
end
$roles$;

-- The functions that customers' rights rest on are made before the owner takes over.
create or replace function ${schema}.customer_assignees(p_ticket_id uuid) returns text[]
language sql stable security definer
set search_path = ${schema}, pg_temp
as $$
  select array(
    select ${agent_name} from ticket t
    join ticket_assignment a on a.ticket_id = t.id
    join worker agent on agent.id = a.worker_id
    where t.id = p_ticket_id and t.customer_id = viewer()
    order by a.assigned_at, agent.id
    limit ${assignees_named})
$$;

create or replace function ${schema}.customer_history(p_ticket_id uuid)
returns table (id uuid, number integer, type text, created_at timestamptz, role text, author_name text, body jsonb)
language sql stable security definer
set search_path = ${schema}, pg_temp
as $$
  select e.id, e.public_seq, e.type, e.public_at, e.role,
         case e.role when 'customer' then agent.first_name || ' ' || agent.last_name else ${agent_name} end,
         case
           when e.type = 'message' then
             jsonb_build_object('content', e.body -> 'content', 'attachments', e.body -> 'attachments')
           when e.type in ('status-update', 'priority-update', 'title-update', 'description-update') then
             jsonb_build_object('old_value', e.body -> 'old_value', 'new_value', e.body -> 'new_value')
           when e.type in ('assignment-added', 'assignment-removed') then
             (select jsonb_build_object('agent_name', ${agent_name}) from worker agent
              where agent.id = (e.body ->> 'agent_id')::uuid)
           when e.type = 'feedback-submitted' then
             jsonb_build_object('rating', e.body -> 'rating', 'comment', e.body -> 'comment')
           else e.body
         end
  from ticket t
  join ticket_event e on e.ticket_id = t.id
  cross join lateral (select e.created_by_first_name as first_name, e.created_by_last_name as last_name) agent
  where t.id = p_ticket_id and t.customer_id = viewer() and e.public_seq is not null and e.type in (${public_types})
  order by e.public_seq
$$;

create or replace view ${schema}.customer_tickets with (security_invoker = true, security_barrier = true) as
select t.id, t.title, t.description, t.status, t.priority,
       (select jsonb_build_object('rating', f.rating, 'comment', f.comment, 'submitted_at', f.submitted_at)
        from ${schema}.ticket_feedback f where f.ticket_id = t.id order by f.submitted_at desc limit 1) as feedback,
       t.source_channel, t.created_at, t.public_updated_at as updated_at,
       ${schema}.customer_assignees(t.id) as assigned_to, t.last_public_seq as version
from ${schema}.ticket t
where t.customer_id = (select ${schema}.viewer());

create or replace view ${schema}.customer_ticket_history with (security_invoker = true, security_barrier = true) as
select t.id as ticket_id, h.id, h.number, h.type, h.created_at, h.role, h.author_name, h.body
from ${schema}.ticket t
cross join lateral ${schema}.customer_history(t.id) h
where t.customer_id = (select ${schema}.viewer());

-- Every table: its owner too is bound by the policies, and what no policy allows nobody sees.
do $tables$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid from pg_class c where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'p')
  loop
    execute format('alter table %s enable row level security', v_table);
    execute format('alter table %s force row level security', v_table);
    execute format('drop policy if exists counterfoil_staff on %s', v_table);
    execute format('create policy counterfoil_staff on %s to ${owner}, ${application} using (true) with check (true)', v_table);
    execute format('drop policy if exists counterfoil_customer on %s', v_table);
  end loop;
end
$tables$;

create policy counterfoil_customer on ${schema}.ticket for select to ${customer}
  using (customer_id = (select ${schema}.viewer()));
create policy counterfoil_customer on ${schema}.customer for select to ${customer}
  using (id = (select ${schema}.viewer()));
create policy counterfoil_customer on ${schema}.ticket_feedback for select to ${customer}
  using (exists (select from ${schema}.ticket t
                 where t.id = ticket_id and t.customer_id = (select ${schema}.viewer())));
-- Nothing is granted on ticket_event: whoever grants it later still gives away no private row.
create policy counterfoil_customer on ${schema}.ticket_event for select to ${customer}
  using (public_seq is not null and type in (${public_types})
    and exists (select from ${schema}.ticket t
                where t.id = ticket_id and t.customer_id = (select ${schema}.viewer())));

revoke all on all tables in schema ${schema} from public, ${application}, ${customer};
revoke all on all functions in schema ${schema} from public, ${application}, ${customer};

grant usage on schema ${schema} to ${application}, ${customer};
grant execute on all functions in schema ${schema} to ${application};
grant select on all tables in schema ${schema} to ${application};
grant insert, update on ${schema}.ticket to ${application};
grant insert, update (created_by_first_name, created_by_last_name) on ${schema}.ticket_event to ${application};
grant insert, delete on ${schema}.ticket_assignment to ${application};
grant insert on ${schema}.ticket_resolution, ${schema}.ticket_feedback to ${application};
grant insert, update on ${schema}.customer, ${schema}.worker to ${application};
grant insert, update, delete on ${schema}.adoption_problem to ${application};
grant usage on schema ${users_schema} to ${application};
grant select (${users_id}) on ${users} to ${application};

grant select (id, title, description, status, priority, source_channel, created_at, customer_id, last_public_seq,
              public_updated_at) on ${schema}.ticket to ${customer};
grant select (id, email, first_name, last_name, communication_channels, preferred_language)
  on ${schema}.customer to ${customer};
grant select (ticket_id, rating, comment, submitted_at) on ${schema}.ticket_feedback to ${customer};
grant select on ${schema}.customer_tickets, ${schema}.customer_ticket_history to ${customer};
grant execute on function ${schema}.viewer(), ${schema}.customer_assignees(uuid), ${schema}.customer_history(uuid)
  to ${customer};

do $handover$
declare
  v_object record;
begin
  if obj_description('${users}'::regclass, 'pg_class') = 'made by Counterfoil' then
    execute 'grant select, insert on ${users} to ${application}';
  end if;
  if to_regprocedure('${schema}.view_as(uuid)') is not null then
    execute 'grant execute on function ${schema}.view_as(uuid) to ${customer}';
  end if;
  execute 'alter schema ${schema} owner to ${owner}';
  for v_object in
    select case c.relkind when 'v' then 'view' else 'table' end as kind, c.oid::regclass::text as name
    from pg_class c where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'p', 'v')
    union all
    select 'function', p.oid::regprocedure::text from pg_proc p where p.pronamespace = '${schema}'::regnamespace
  loop
    execute format('alter %s %s owner to ${owner}', v_object.kind, v_object.name);
  end loop;
end
$handover$;
