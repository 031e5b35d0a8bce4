create or replace trigger guard_truncate before truncate on ${schema}.ticket_search
  for each statement execute function ${schema}.refuse_change();
