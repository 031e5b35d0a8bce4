-- A worker's figures over p_from <= time < p_to, from assignments, closings, ratings and messages alone. A ticket that was
-- closed, opened again and closed again was resolved twice. What a system actor sends by itself is nobody's response.
create or replace function ${schema}.worker_figures(p_id uuid, p_from timestamptz, p_to timestamptz)
returns table (open_load integer, resolved integer, resolution_median double precision,
               resolution_90th double precision, first_response_median double precision, average_rating double precision)
language plpgsql stable
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select
    (select count(*)::integer from ticket_assignment a join ticket t on t.id = a.ticket_id
     where a.worker_id = p_id and t.status <> 'closed'),
    r.resolved, extract(epoch from r.median)::double precision, extract(epoch from r.ninetieth)::double precision,
    (select extract(epoch from percentile_cont(0.5) within group (order by e.created_at - t.created_at))::double precision
     from ticket_event e join ticket t on t.id = e.ticket_id
     where e.created_at >= p_from and e.created_at < p_to
       and e.created_by = p_id and e.role = 'agent' and e.type = 'message' and e.visibility = 'public'
       and not exists (select 1 from ticket_event earlier
                       where earlier.ticket_id = e.ticket_id and earlier.seq < e.seq and earlier.role = 'agent'
                         and earlier.type = 'message' and earlier.visibility = 'public'
                         and not exists (select 1 from worker s where s.id = earlier.created_by and s.system))),
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
