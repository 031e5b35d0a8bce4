-- Puts a ticket off until a moment, or without one takes that back; one that has come back by itself is on no list of these any more.
-- p_limit is how many seconds ahead the moment may be.
create or replace function ${schema}.snooze_ticket(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_limit bigint,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  c_until constant timestamptz := p_args ->> 'until';
  c_last  constant timestamptz := e.created_at + make_interval(secs => p_limit);
begin
  if c_until <= e.created_at or c_until > c_last then
    refusal := 'out_of_range';
    field := 'until';
    "limit" := extract(epoch from case when c_until > c_last then c_last else e.created_at end)::bigint;
  elsif c_until is distinct from t.snoozed_until then
    t := append_event(t, e, 'snooze-update', 'private', jsonb_build_object(
      'until', (to_jsonb(c_until at time zone 'UTC') #>> '{}') || '+00:00'));
    t.snoozed_until := c_until;
  end if;
end
$$;
revoke all on function ${schema}.snooze_ticket(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint) from public;
