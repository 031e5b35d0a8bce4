-- The digest of what was redacted could be guessed: it goes too.
create or replace trigger guard_command before update of command on ${schema}.ticket_event
  for each statement when (current_setting('counterfoil.redaction', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
