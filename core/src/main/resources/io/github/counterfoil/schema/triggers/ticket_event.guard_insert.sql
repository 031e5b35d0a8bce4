create or replace trigger guard_insert before insert on ${schema}.ticket_event
  for each row when (current_setting('counterfoil.command', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
