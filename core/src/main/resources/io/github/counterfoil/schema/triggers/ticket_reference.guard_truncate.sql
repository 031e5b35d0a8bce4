create or replace trigger guard_truncate before truncate on ${schema}.ticket_reference
  for each statement execute function ${schema}.refuse_change();
