-- Redacting takes out of a body what somebody typed, and from a command the digest of it.
create or replace trigger guard_content before update of body, command, size on ${schema}.ticket_event
  for each statement when (current_setting('counterfoil.redaction', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
