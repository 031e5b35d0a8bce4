-- Takes out tickets that have been closed since before a moment, at most so many, those first that were opened first, and says
-- whether there are more. It waits for no ticket: one that somebody holds is left to a later call.
create or replace function ${schema}.purge_closed(
  p_admin_id uuid, p_before timestamptz, p_at_most integer, p_now timestamptz, p_patience integer, p_durable boolean
) returns table (refusal text, subject uuid, purged integer, more boolean)
language plpgsql security definer
set search_path = ${schema}, pg_temp
-- PostgreSQL plans for a limit that it does not know as for a tenth of all rows, and would sort them all.
set enable_sort = off
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_ids     uuid[];
begin
  purged := 0;
  more := false;
  if is_admin(p_admin_id) then
    -- In the order of the index of statuses: what was closed before the moment was opened before it. No subquery, as in apply_command.
    v_ids := array(
      select t.id from ticket t
      where t.status = 'closed' and (t.shown is null or not t.shown ? 'status') and t.created_at < p_before
        and t.status_since < p_before
      order by t.created_at, t.id limit p_at_most + 1 for update of t skip locked);
    more := cardinality(v_ids) > p_at_most;
    v_ids := v_ids[:p_at_most];
    purged := cardinality(v_ids);
    if purged > 0 then
      perform purge_tickets(v_ids, p_admin_id, null, p_now);
    end if;
  else
    refusal := 'actor.not_admin';
    subject := p_admin_id;
  end if;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.purge_closed(uuid, timestamptz, integer, timestamptz, integer, boolean) from public;
