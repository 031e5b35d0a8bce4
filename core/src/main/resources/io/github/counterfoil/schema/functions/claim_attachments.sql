-- Which files the store is to delete, those first that were tried longest ago. What no message named for so long is given up first,
-- so that none can bind it any more. What may still be coming in is left for as long: the store would keep what came after it was asked.
create or replace function ${schema}.claim_attachments(p_now timestamptz, p_unnamed_millis bigint, p_most integer, p_patience integer, p_durable boolean)
returns table (id uuid)
language plpgsql security definer
set search_path = ${schema}, pg_temp
-- With a limit that is not known, a plan would sort all.
set enable_sort = off
as $$
#variable_conflict use_column
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  c_before  constant timestamptz := coalesce(p_now, clock_timestamp()) - make_interval(secs => p_unnamed_millis / 1000.0);
  v_done    text := set_guard('command', 'on');
begin
  perform give_up_attachments(array(
    select x.id from attachment x where x.seq is null and not x.gone and x.created_at < c_before
    order by x.created_at limit p_most for update skip locked));
  return query
    update attachment a set tried_at = clock_timestamp()
    where a.id = any (array(
      select x.id from attachment x where x.gone and (x.completed or x.created_at < c_before)
      order by x.tried_at nulls first limit p_most for update skip locked))
    returning a.id;
  v_done := set_guard('command', '');
  v_done := set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.claim_attachments(timestamptz, bigint, integer, integer, boolean) from public;
