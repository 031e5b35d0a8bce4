-- Tickets from elsewhere, with their own times, authors and ids. The caller has folded and checked each history; what only
-- the database knows is checked here: who exists, and what is stored of the ticket already.
-- p is an array of tickets, each id once: the columns of ticket as they are after all events, the people who must be there, the
-- events as imported_events reads them, the arrays assignments, participants, resolutions, feedback and turns, whose members are the
-- columns of those tables, of turns of ticket_fact, and references of {key, seq, source, id}. public_seq counts what customers see from 1, and an event has names only where the history tells them. A row a ticket
-- comes back: its place, what became of it, and the event at fault; and one for each reference that others had before.
-- All tickets are locked before all people, each in the order of their ids: no two imports wait for each other in a circle, nor
-- does an import with commands.
create or replace function ${schema}.import_tickets(p jsonb, p_patience integer, p_durable boolean)
returns table (item integer, outcome text, detail text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_given  constant ticket[] := imported_tickets(p);
  v_open   ticket[] := '{}';
  v_grown  uuid[] := '{}';
  v_new    ticket[] := '{}';
  v_taken  uuid[];
  v_there  uuid[] := '{}';
  v_one    ticket;
  v_row    ticket;
  v_number bigint;
  v_done   text;
begin
  v_done := set_guard('command', 'on');
  -- Numbers follow the order in which the tickets are given, whatever that of their locks is.
  for item, outcome, detail, v_number in
    select x.item, x.refusal, x.detail, x.number
    from (
      select o.id, o.item, o.refusal, o.detail, case when o.unnumbered then nextval('ticket_number_number_seq') end as number
      from (
        select g.id, g.ordinality as item, u.refusal, u.detail,
               u.refusal is null and g.number is null and not exists (select from ticket t where t.id = g.id) as unnumbered
        from unnest(v_given) with ordinality as g left join unknown_imported(p) as u on u.ticket_id = g.id
        order by g.ordinality
      ) as o
      offset 0
    ) as x
    order by x.id
  loop
    if outcome is null then
      v_one := v_given[item];
      v_one.number := coalesce(v_one.number, v_number);
      v_row := claim_imported(v_one);
      if v_row.id is not null then
        outcome := imported_before(v_row, v_given[item], jsonb_build_array(p -> item - 1));
      elsif was_purged(v_one.id) then
        delete from ticket t where t.id = v_one.id;
        outcome := 'ticket.purged';
      end if;
    end if;
    if outcome is not null then
      return next;
      if outcome = 'present' then
        v_there := v_there || v_one.id;
      end if;
    else
      v_one.last_seq := 0;
      v_one.last_public_seq := 0;
      if v_row.id is not null then
        v_grown := v_grown || v_row.id;
        v_one.last_seq := v_row.last_seq;
        -- The customers' numbers go on where they are: what a host shows may have changed since.
        v_one.last_public_seq := v_row.last_public_seq - (
          select coalesce(max(e.public_seq), 0) from imported_events(jsonb_build_array(p -> item - 1)) as e
          where e.seq <= v_row.last_seq);
      else
        v_new := v_new || v_one;
      end if;
      v_open := v_open || v_one;
    end if;
  end loop;

  v_taken := number_imported(v_new, array(select g.id from unnest(v_given) as g where g.number is not null));
  return query
    select g.ordinality::integer, 'number.taken', null::text
    from unnest(v_given) with ordinality as g where g.id = any (v_taken);
  v_open := array(select o from unnest(v_open) as o where o.id <> all (v_taken));
  -- Most have none, and then the events are not read once more for it.
  if p @? '$[*].references' then
    return query
      select g.ordinality::integer, 'reference.taken', r.seq::text
      from refer_imported(p, v_there || array(select o.id from unnest(v_open) as o)) as r
      join unnest(v_given) with ordinality as g on g.id = r.ticket;
  end if;

  if v_open <> '{}' then
    perform hold_imported(v_open, p);
    perform store_imported(
      v_open, p, (select sum(g.last_seq - o.last_seq) from unnest(v_given) as g join unnest(v_open) as o on o.id = g.id));
    perform grow_imported(v_given, v_grown);
    perform store_imported_parts(v_open, p);
    perform show_words(g.id, g.customer_id) from unnest(v_given) as g where g.id = any (v_grown);
  end if;
  return query
    select g.ordinality::integer, 'imported', null::text
    from unnest(v_given) with ordinality as g join unnest(v_open) as o on o.id = g.id;
  v_done := set_guard('command', '');
  v_done := set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.import_tickets(jsonb, integer, boolean) from public;
