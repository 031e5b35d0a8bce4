-- Erasing a person replaces members that name them and that Counterfoil does not know; redacting takes out what somebody typed.
create or replace trigger guard_body before update of body, size on ${schema}.ticket_event
  for each statement when (current_setting('counterfoil.erasure', true) is distinct from 'on'
                           and current_setting('counterfoil.redaction', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
