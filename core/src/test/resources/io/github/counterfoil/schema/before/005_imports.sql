-- Counterfoil 5: tickets from elsewhere, with their own times, authors and ids. The caller has folded and checked each
-- history; what only the database knows is checked here: who exists, and how much of the ticket is stored already.
-- p is an array of tickets: the columns of ticket as they are after all events, and the arrays events, assignments,
-- resolutions and feedback, whose members are the columns of those tables. A row a ticket comes back, in that order.

create function ${schema}.import_tickets(p jsonb)
returns table (item integer, outcome text, detail text)
language plpgsql
set search_path = ${schema}, pg_temp
set counterfoil.command = 'on'
as $$
#variable_conflict use_column
declare
  given   ticket;
  p_one   jsonb;
  v_known integer;
begin
  for item, p_one in select n::integer, one from jsonb_array_elements(p) with ordinality as x (one, n) order by n loop
    given := jsonb_populate_record(null::ticket, p_one);
    v_known := (select t.last_seq from ticket t where t.id = given.id for update);
    detail := null;

    select x.seq::text into detail
    from jsonb_to_recordset(p_one -> 'events') as x (seq integer, type text, role text, created_by uuid, body jsonb)
    where x.seq > coalesce(v_known, 0)
      and case when x.role = 'agent' then not exists (select from worker w where w.id = x.created_by)
               else not exists (select from customer c where c.id = x.created_by) end
    order by x.seq limit 1;
    if detail is not null then
      outcome := 'created_by.unknown';
    else
      select x.seq::text into detail
      from jsonb_to_recordset(p_one -> 'events') as x (seq integer, type text, body jsonb)
      where x.seq > coalesce(v_known, 0) and x.type = 'assignment-added'
        and not exists (select from worker w where w.id = (x.body ->> 'agent_id')::uuid)
      order by x.seq limit 1;
      outcome := case
        when detail is not null then 'agent_id.unknown'
        when not exists (select from customer c where c.id = given.customer_id) then 'customer.unknown'
        when not exists (select from customer c where c.id = given.created_by)
          and not exists (select from worker w where w.id = given.created_by) then 'created_by.unknown'
        when exists (
          select from ticket_event e
          join jsonb_to_recordset(p_one -> 'events') as x (seq integer, id uuid, type text, body jsonb) on x.seq = e.seq
          where e.ticket_id = given.id and (e.id, e.type, e.body) is distinct from (x.id, x.type, x.body)
          ) then 'events.diverged'
        when v_known >= given.last_seq then 'present'
        else 'imported'
      end;
    end if;

    if outcome = 'imported' then
      insert into ticket select given.*
      on conflict (id) do update set
        title = excluded.title, description = excluded.description, status = excluded.status,
        priority = excluded.priority, tags = excluded.tags, custom_fields = excluded.custom_fields,
        updated_at = excluded.updated_at, customer_id = excluded.customer_id, last_seq = excluded.last_seq,
        last_public_seq = excluded.last_public_seq, public_updated_at = excluded.public_updated_at,
        closed_seq = excluded.closed_seq;

      insert into ticket_event
      select x.* from jsonb_populate_recordset(null::ticket_event, p_one -> 'events') as x
      where x.seq > coalesce(v_known, 0) order by x.seq;

      delete from ticket_assignment a where a.ticket_id = given.id;
      insert into ticket_assignment
      select x.* from jsonb_populate_recordset(null::ticket_assignment, p_one -> 'assignments') as x;

      insert into ticket_resolution
      select x.* from jsonb_populate_recordset(null::ticket_resolution, p_one -> 'resolutions') as x
      on conflict do nothing;

      insert into ticket_feedback
      select x.* from jsonb_populate_recordset(null::ticket_feedback, p_one -> 'feedback') as x
      on conflict do nothing;

      update customer c set communication_channels = c.communication_channels || given.source_channel
      where c.id = given.customer_id and given.source_channel <> all (c.communication_channels);
    end if;
    return next;
  end loop;
end
$$;

-- A person from elsewhere: as registered, and with what only a history can tell.
create function ${schema}.import_customer(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_preferred_language text, p_channels text[]
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
declare
  v_outcome text := register_customer(p_id, p_email, p_first_name, p_last_name, p_preferred_language);
begin
  if v_outcome = 'registered' then
    update customer c set communication_channels = p_channels where c.id = p_id;
  end if;
  return v_outcome;
end
$$;

create function ${schema}.import_worker(
  p_id uuid, p_email text, p_first_name text, p_last_name text, p_role text, p_skills text[], p_languages text[],
  p_timezone text, p_metrics jsonb, p_created_at timestamptz
) returns text
language plpgsql
set search_path = ${schema}, pg_temp
as $$
declare
  v_outcome text := register_worker(p_id, p_email, p_first_name, p_last_name, p_role, p_skills, p_languages, p_timezone,
                                    p_metrics);
begin
  if v_outcome = 'registered' then
    update worker w set created_at = p_created_at where w.id = p_id;
  end if;
  return v_outcome;
end
$$;

-- Rows of literal tables that an adoption could not move, whole, until they are mended and it is run again.
create table ${schema}.adoption_problem (
  kind     text   not null check (kind in ('customers', 'workers', 'tickets')),
  id       uuid   not null,
  document jsonb  not null,
  problems text[] not null,
  primary key (kind, id)
);

insert into ${schema}.schema_history (version, name) values (5, 'imports');
