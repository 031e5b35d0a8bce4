create or replace trigger guard_history
  before update of ticket_id, seq, id, type, created_at, created_by, role, visibility, public_seq, public_at, position
  on ${schema}.ticket_event
  for each statement execute function ${schema}.refuse_change();
