create or replace trigger guard_truncate before truncate on ${schema}.attachment_piece
  for each statement execute function ${schema}.refuse_change();
