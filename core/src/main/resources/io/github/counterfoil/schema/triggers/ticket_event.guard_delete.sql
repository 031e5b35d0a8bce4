-- History only grows. A ticket that is purged takes its own along.
create or replace trigger guard_delete before delete on ${schema}.ticket_event
  for each statement when (current_setting('counterfoil.purge', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
