-- The store has the bytes of a file: from now on a message can name it. False where it was given up meanwhile.
create or replace function ${schema}.complete_attachment(
  p_id uuid, p_size bigint, p_sha256 text, p_patience integer, p_durable boolean)
returns table (completed boolean)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  perform set_guard('command', 'on');
  update attachment a set completed = true, size = p_size, sha256 = p_sha256 where a.id = p_id and a.seq is null and not a.gone;
  completed := found;
  perform set_guard('command', '');
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.complete_attachment(uuid, bigint, text, integer, boolean) from public;
