-- The first step with an imported ticket: its row is stored or, if it is there, locked and given back. A lock on a row that is
-- not there would hold nobody.
create or replace function ${schema}.claim_imported(given ${schema}.ticket) returns ${schema}.ticket
language plpgsql
as $$
declare
  t record;
begin
  insert into ticket (id, title, description, status, priority, tags, custom_fields, source_channel, created_at, updated_at,
                      created_by, customer_id, last_seq, last_public_seq, public_updated_at, closed_seq, opening, beginning,
                      weight, public_weight, shown, shown_assigned_to, last_written_seq, last_message_seq, first_response_seq,
                      first_response_at, status_since, assigned, snoozed_until, number, position)
  select given.id, given.title, given.description, given.status, given.priority, given.tags, given.custom_fields,
         given.source_channel, given.created_at, given.updated_at, given.created_by, given.customer_id, given.last_seq,
         given.last_public_seq, given.public_updated_at, given.closed_seq, given.opening, given.beginning,
         given.weight, given.public_weight, given.shown, given.shown_assigned_to, given.last_written_seq,
         given.last_message_seq, given.first_response_seq, given.first_response_at, given.status_since, given.assigned,
         given.snoozed_until, given.number, event_position(given.id, null)
  -- Without one it was there when numbers were given.
  where given.number is not null
  on conflict (id) do nothing;
  if found then
    return null;
  end if;
  select * into t from ticket where ticket.id = given.id for update;
  if not found then
    -- A purge was waited for: the caller asks too.
    if was_purged(given.id) then
      return null;
    end if;
    raise exception 'counterfoil: a trigger kept a ticket from being written' using errcode = 'triggered_data_change_violation';
  end if;
  return t;
end
$$;
revoke all on function ${schema}.claim_imported(${schema}.ticket) from public;
