-- The whole desk's figures by day: p_bounds holds where each day begins, and in the end where the last one ends, in order. A row a
-- day, counted from 1. Of what was open in the end only the present is counted, and what happened since is taken back from it.
create or replace function ${schema}.desk_figures(p_bounds timestamptz[])
returns table (day integer, opened bigint, closed bigint, reopened bigint, backlog bigint,
               responses bigint, response_median double precision, response_90th double precision,
               resolution_median double precision, resolution_90th double precision,
               ratings bigint, average_rating double precision)
language plpgsql stable
set search_path = ${schema}, pg_temp
-- A plan for any span takes it for a short one.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  c_days  constant integer := cardinality(p_bounds) - 1;
  c_first constant timestamptz := p_bounds[1];
  c_end   constant timestamptz := p_bounds[c_days + 1];
  v_open  bigint;
begin
  select count(*) into v_open from ticket t where t.status in ('new', 'open', 'pending');
  return query
  select d.day, d.opened, d.closed, d.reopened, d.backlog,
         d.responses, extract(epoch from d.response_median)::double precision, extract(epoch from d.response_90th)::double precision,
         extract(epoch from d.resolution_median)::double precision, extract(epoch from d.resolution_90th)::double precision,
         d.ratings, d.average_rating
  from (
    -- One more than there are days: what came later.
    select n.day, coalesce(o.n, 0) as opened, coalesce(c.n, 0) as closed, coalesce(r.n, 0) as reopened,
           v_open - coalesce(sum(coalesce(o.n, 0) - coalesce(c.n, 0) + coalesce(r.n, 0))
             over (order by n.day desc rows between unbounded preceding and 1 preceding), 0)::bigint as backlog,
           coalesce(a.n, 0) as responses, a.median as response_median, a.ninetieth as response_90th,
           c.median as resolution_median, c.ninetieth as resolution_90th,
           coalesce(f.n, 0) as ratings, f.average as average_rating
    from generate_series(1, c_days + 1) as n (day)
    left join (
      select width_bucket(t.created_at, p_bounds) as day, count(*) as n
      from ticket t where t.created_at >= c_first group by 1) as o on o.day = n.day
    left join (
      select width_bucket(x.at, p_bounds) as day, count(*) as n,
             percentile_cont(0.5) within group (order by x.at - x.opened_at) filter (where x.at < c_end) as median,
             percentile_cont(0.9) within group (order by x.at - x.opened_at) filter (where x.at < c_end) as ninetieth
      from ticket_fact x where x.kind = 'closed' and x.at >= c_first group by 1) as c on c.day = n.day
    left join (
      select width_bucket(x.at, p_bounds) as day, count(*) as n
      from ticket_fact x where x.kind = 'reopened' and x.at >= c_first group by 1) as r on r.day = n.day
    left join (
      select width_bucket(x.at, p_bounds) as day, count(*) as n,
             percentile_cont(0.5) within group (order by x.at - x.opened_at) as median,
             percentile_cont(0.9) within group (order by x.at - x.opened_at) as ninetieth
      from ticket_fact x where x.kind = 'responded' and x.at >= c_first and x.at < c_end group by 1) as a on a.day = n.day
    left join (
      select width_bucket(x.submitted_at, p_bounds) as day, count(*) as n, avg(x.rating)::double precision as average
      from ticket_feedback x where x.submitted_at >= c_first and x.submitted_at < c_end group by 1) as f on f.day = n.day
  ) as d
  where d.day <= c_days order by d.day;
end
$$;
revoke all on function ${schema}.desk_figures(timestamptz[]) from public;
