-- Begins a new epoch if the database came to another server, where transactions are counted anew: restored, or promoted. Whoever writes
-- is waited for, so that none of the epoch before is open when the new one begins. Nothing on a standby, or where nothing may be written.
create or replace function ${schema}.follow_server(p_patience integer, p_durable boolean) returns boolean
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  v_server  text;
  v_timeout text;
  v_begun   boolean := false;
begin
  if not pg_is_in_recovery() then
    v_server := (select c.system_identifier from pg_control_system() c) || '/' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8);
    if not exists (select from change_epoch c where c.server = v_server) and current_setting('transaction_read_only') = 'off' then
      v_timeout := begin_call(p_patience, p_durable);
      lock table ticket in exclusive mode;
      update change_epoch c set epoch = c.epoch + 1, server = v_server where c.server <> v_server;
      v_begun := found;
      perform set_config('lock_timeout', v_timeout, true);
    end if;
  end if;
  return v_begun;
end
$$;
revoke all on function ${schema}.follow_server(integer, boolean) from public;
