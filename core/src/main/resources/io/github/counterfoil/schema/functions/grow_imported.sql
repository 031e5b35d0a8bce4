-- Makes of tickets that were there before an import what they are after the events that it has stored.
create or replace function ${schema}.grow_imported(p_given ${schema}.ticket[], p_grown uuid[]) returns void
language plpgsql
as $$
declare
  given   record;
  v_shown integer;
  v_size  bigint;
  v_seen  bigint;
begin
  for given in select g.*, shown_times(g) as times from unnest(p_given) as g where g.id = any (p_grown) order by g.id loop
    select count(e.public_seq), coalesce(sum(e.size), 0), coalesce(sum(e.size) filter (where e.public_seq is not null), 0)
    into v_shown, v_size, v_seen
    from ticket t join ticket_event e on e.ticket_id = t.id and e.seq > t.last_seq where t.id = given.id;
    update ticket t set
      title = given.title, description = given.description, status = given.status, priority = given.priority, tags = given.tags,
      custom_fields = given.custom_fields, updated_at = given.updated_at, customer_id = given.customer_id,
      last_seq = given.last_seq, last_public_seq = t.last_public_seq + v_shown, closed_seq = given.closed_seq,
      public_updated_at = case v_shown when 0 then t.public_updated_at else given.public_updated_at end,
      beginning = given.beginning,
      shown = nullif(coalesce(given.shown, '{}') - '{status_since,first_response_at}'::text[] || given.times, '{}'),
      shown_assigned_to = given.shown_assigned_to,
      weight = t.weight + v_size, public_weight = t.public_weight + v_seen,
      last_written_seq = given.last_written_seq, last_message_seq = given.last_message_seq,
      first_response_seq = given.first_response_seq, first_response_at = given.first_response_at,
      status_since = given.status_since, assigned = given.assigned, snoozed_until = given.snoozed_until
    where t.id = given.id;
    delete from ticket_assignment a where a.ticket_id = given.id;
    delete from ticket_tag g where g.ticket_id = given.id;
    delete from ticket_activity a where a.ticket_id = given.id;
    delete from ticket_participant p where p.ticket_id = given.id;
  end loop;
end
$$;
revoke all on function ${schema}.grow_imported(${schema}.ticket[], uuid[]) from public;
