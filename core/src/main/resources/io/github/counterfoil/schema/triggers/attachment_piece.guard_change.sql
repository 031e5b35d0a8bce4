create or replace trigger guard_change before insert or update or delete on ${schema}.attachment_piece
  for each row when (current_setting('counterfoil.command', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
