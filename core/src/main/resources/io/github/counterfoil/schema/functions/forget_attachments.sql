-- The store has deleted these files.
create or replace function ${schema}.forget_attachments(p_ids uuid[], p_patience integer, p_durable boolean)
returns table (forgotten integer)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  perform set_guard('command', 'on');
  -- Two that sweep at once lock in one order.
  perform from attachment a where a.id = any (p_ids) order by a.id for update;
  delete from attachment a where a.id = any (p_ids) and a.gone;
  get diagnostics forgotten = row_count;
  perform set_guard('command', '');
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.forget_attachments(uuid[], integer, boolean) from public;
