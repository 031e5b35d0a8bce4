-- A worker's figures over p_from <= time < p_to, from assignments, closings, ratings and first responses. A ticket that was
-- closed, opened again and closed again was resolved twice.
create or replace function ${schema}.worker_figures(p_id uuid, p_from timestamptz, p_to timestamptz)
returns table (open_load integer, resolved integer, resolution_median double precision,
               resolution_90th double precision, first_response_median double precision, average_rating double precision)
language plpgsql stable
set search_path = ${schema}, pg_temp
-- A plan for any span takes it for a short one, and looks each rating of a year up alone.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
  return query
  select
    (select count(*)::integer from ticket_assignment a
     where a.worker_id = p_id and a.status in ('new', 'open', 'pending')),
    r.resolved, extract(epoch from r.median)::double precision, extract(epoch from r.ninetieth)::double precision,
    (select extract(epoch from percentile_cont(0.5) within group (order by f.at - f.opened_at))::double precision
     from ticket_fact f where f.worker_id = p_id and f.at >= p_from and f.at < p_to),
    (select avg(f.rating)::double precision
     from ticket_resolution x join ticket_feedback f using (ticket_id, closed_seq)
     where x.worker_id = p_id and f.submitted_at >= p_from and f.submitted_at < p_to)
  from (select count(*)::integer as resolved,
               percentile_cont(0.5) within group (order by x.resolved_at - x.assigned_at) as median,
               percentile_cont(0.9) within group (order by x.resolved_at - x.assigned_at) as ninetieth
        from ticket_resolution x
        where x.worker_id = p_id and x.resolved_at >= p_from and x.resolved_at < p_to) r
  where exists (select 1 from worker w where w.id = p_id and not w.system);
end
$$;
revoke all on function ${schema}.worker_figures(uuid, timestamptz, timestamptz) from public;
