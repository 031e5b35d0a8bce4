-- Tickets from elsewhere, with their own times, authors and ids. The caller has folded and checked each history; what only
-- the database knows is checked here: who exists, and how much of the ticket is stored already.
-- p is an array of tickets: the columns of ticket as they are after all events, and the arrays events, assignments,
-- resolutions and feedback, whose members are the columns of those tables. A row a ticket comes back, in that order.
create or replace function ${schema}.import_tickets(p jsonb)
returns table (item integer, outcome text, detail text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  given   ticket;
  p_one   jsonb;
  v_known integer;
begin
  -- Given back on each way out; what is thrown takes it back by itself.
  perform set_config('counterfoil.command', 'on', true);
  <<work>>
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
        insert into ticket (id, title, description, status, priority, tags, custom_fields, source_channel, created_at,
                            updated_at, created_by, customer_id, last_seq, last_public_seq, public_updated_at, closed_seq,
                            opening, beginning)
        values (given.id, given.title, given.description, given.status, given.priority, given.tags, given.custom_fields,
                given.source_channel, given.created_at, given.updated_at, given.created_by, given.customer_id,
                given.last_seq, given.last_public_seq, given.public_updated_at, given.closed_seq, given.opening,
                given.beginning)
        on conflict (id) do update set
          title = excluded.title, description = excluded.description, status = excluded.status,
          priority = excluded.priority, tags = excluded.tags, custom_fields = excluded.custom_fields,
          updated_at = excluded.updated_at, customer_id = excluded.customer_id, last_seq = excluded.last_seq,
          last_public_seq = excluded.last_public_seq, public_updated_at = excluded.public_updated_at,
          closed_seq = excluded.closed_seq, beginning = excluded.beginning;

        insert into ticket_event (ticket_id, seq, id, type, created_at, created_by, created_by_first_name,
                                  created_by_last_name, role, visibility, body, public_seq, public_at)
        select given.id, x.seq, x.id, x.type, x.created_at, x.created_by, x.created_by_first_name, x.created_by_last_name,
               x.role, x.visibility, x.body, x.public_seq, x.public_at
        from jsonb_populate_recordset(null::ticket_event, p_one -> 'events') as x
        where x.seq > coalesce(v_known, 0) order by x.seq;

        select coalesce(sum(e.size), 0), coalesce(sum(e.size) filter (where e.public_seq is not null), 0)
        into given.weight, given.public_weight from ticket_event e where e.ticket_id = given.id;
        update ticket set weight = given.weight, public_weight = given.public_weight where ticket.id = given.id;

        delete from ticket_assignment a where a.ticket_id = given.id;
        insert into ticket_assignment (ticket_id, worker_id, assigned_at)
        select given.id, x.worker_id, x.assigned_at
        from jsonb_populate_recordset(null::ticket_assignment, p_one -> 'assignments') as x;

        insert into ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
        select given.id, x.closed_seq, x.worker_id, x.title, x.assigned_at, x.resolved_at
        from jsonb_populate_recordset(null::ticket_resolution, p_one -> 'resolutions') as x
        on conflict do nothing;

        insert into ticket_feedback (ticket_id, closed_seq, customer_id, rating, comment, submitted_at)
        select given.id, x.closed_seq, x.customer_id, x.rating, x.comment, x.submitted_at
        from jsonb_populate_recordset(null::ticket_feedback, p_one -> 'feedback') as x
        on conflict do nothing;

        perform add_channel(given.customer_id, given.source_channel);
      end if;
      return next;
    end loop;
  end work;
  perform set_config('counterfoil.command', '', true);
end
$$;
revoke all on function ${schema}.import_tickets(jsonb) from public;
