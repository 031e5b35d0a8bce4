-- Stores what a command made of a ticket. What it did not look at is null in t and stays as it is. Of what changed, the row
-- keeps what the ticket started with: the first value that a command replaced wins.
create or replace function ${schema}.store_ticket(t ${schema}.ticket) returns boolean
language plpgsql
as $$
begin
  update ticket set
    title = t.title, status = t.status, priority = t.priority, tags = t.tags, source_channel = t.source_channel,
    customer_id = t.customer_id, closed_seq = t.closed_seq, last_seq = t.last_seq, last_public_seq = t.last_public_seq,
    weight = t.weight, public_weight = t.public_weight, updated_at = t.updated_at, public_updated_at = t.public_updated_at,
    shown = t.shown, shown_assigned_to = t.shown_assigned_to, last_written_seq = t.last_written_seq,
    last_message_seq = t.last_message_seq, first_response_seq = t.first_response_seq, first_response_at = t.first_response_at,
    status_since = t.status_since, assigned = t.assigned, snoozed_until = t.snoozed_until,
    description = coalesce(t.description, ticket.description),
    custom_fields = coalesce(t.custom_fields, ticket.custom_fields),
    beginning = coalesce(t.beginning || ticket.beginning, ticket.beginning)
  where ticket.id = t.id;
  if not found then
    raise exception 'counterfoil: a trigger kept a ticket from being written' using errcode = 'triggered_data_change_violation';
  end if;
  update ticket_activity a set updated_at = t.updated_at, status = t.status where a.ticket_id = t.id;
  return true;
end
$$;
revoke all on function ${schema}.store_ticket(${schema}.ticket) from public;
