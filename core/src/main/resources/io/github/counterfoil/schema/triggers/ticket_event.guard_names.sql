-- History only grows. Erasing a person replaces the names under their events.
create or replace trigger guard_names before update of created_by_first_name, created_by_last_name on ${schema}.ticket_event
  for each statement when (current_setting('counterfoil.erasure', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
