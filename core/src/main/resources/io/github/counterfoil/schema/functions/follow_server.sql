-- Begins a new epoch if the database came to another server, where transactions are counted anew: restored, or promoted. Whoever writes
-- is waited for, so that none of the epoch before is open when the new one begins. Nothing on a standby, or where nothing may be written.
create or replace function ${schema}.follow_server() returns boolean
language plpgsql security definer
set search_path = ${schema}, pg_temp
set lock_timeout = '5s'
as $$
declare
  v_server text;
begin
  if pg_is_in_recovery() then
    return false;
  end if;
  v_server := (select c.system_identifier from pg_control_system() c) || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8);
  if exists (select from change_epoch c where c.server = v_server) or current_setting('transaction_read_only') = 'on' then
    return false;
  end if;
  lock table ticket in exclusive mode;
  update change_epoch c set epoch = c.epoch + 1, server = v_server where c.server <> v_server;
  return found;
end
$$;
revoke all on function ${schema}.follow_server() from public;
