-- Tickets from elsewhere, with their own times, authors and ids. The caller has folded and checked each history; what only
-- the database knows is checked here: who exists, and what is stored of the ticket already.
-- p is an array of tickets: the columns of ticket as they are after all events, and the arrays events, assignments,
-- resolutions and feedback, whose members are the columns of those tables; an event has "shown" in place of the customers'
-- number and time, and names only where the history tells them. A row a ticket comes back: its place, what became of it, and
-- the event at fault.
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
  p_one    jsonb;
  v_claims jsonb := '{}';
begin
  -- Given back at the end; what is thrown takes it back by itself.
  perform set_config('counterfoil.command', 'on', true);
  for item, p_one in
    select n::integer, one from jsonb_array_elements(p) with ordinality as x (one, n) order by (one ->> 'id')::uuid, n
  loop
    v_claims := v_claims || jsonb_build_object(item, to_jsonb(claim_imported(p_one)));
  end loop;

  perform hold_imported(
    (select jsonb_agg(x.one) from jsonb_array_elements(p) with ordinality as x (one, n)
     where v_claims -> x.n::text -> 'refusal' = 'null' and v_claims -> x.n::text -> 'complete' = 'false'));

  for item, p_one in
    select n::integer, one from jsonb_array_elements(p) with ordinality as x (one, n) order by (one ->> 'id')::uuid, n
  loop
    outcome := v_claims -> item::text ->> 'refusal';
    detail := v_claims -> item::text ->> 'detail';
    if outcome is null then
      outcome := import_ticket(p_one, (v_claims -> item::text -> 'added')::boolean);
    end if;
    return next;
  end loop;
  perform set_config('counterfoil.command', '', true);
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.import_tickets(jsonb, integer, boolean) from public;
