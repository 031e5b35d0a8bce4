-- The events of imported tickets. They are read out of the JSON once: that costs more than all that is asked of them later.
create or replace function ${schema}.imported_events(p jsonb) returns ${schema}.ticket_event[]
language plpgsql stable
as $$
begin
  return array(
    select e from jsonb_array_elements(p) as t (one)
    cross join lateral jsonb_populate_record(null::ticket_event, jsonb_build_object('ticket_id', t.one -> 'id')) as base
    cross join lateral jsonb_populate_recordset(base, t.one -> 'events') as e);
end
$$;
revoke all on function ${schema}.imported_events(jsonb) from public;
