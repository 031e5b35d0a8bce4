-- The changes that follow the places of all buckets, as many as asked for: of each its position, its ticket, and its event's seq, which is 0
-- for the opening and the largest number for the purge. No more than 16 MiB of events, or one. The place of bucket 0 is in the first
-- elements of the arrays; p_start is the least of the positions. Below p_before all transactions are over.
create or replace function ${schema}.change_keys(
  p_start bigint, p_positions bigint[], p_tickets uuid[], p_seqs integer[], p_before bigint, p_most integer)
returns table ("position" bigint, ticket_id uuid, seq integer)
language plpgsql stable
-- PostgreSQL plans for a limit and for a range that it does not know, and would sort all rows.
set enable_sort = off
set enable_seqscan = off
set enable_bitmapscan = off
as $$
#variable_conflict use_column
begin
  return query
    select x.position, x.ticket_id, x.seq
    from (
      select k.position, k.ticket_id, k.seq, sum(k.size) over (order by k.position, k.ticket_id, k.seq) - k.size as before
      from (
        (select e.position, e.ticket_id, e.seq, e.size from ticket_event e
         where e.position >= p_start and e.position < p_before and e.position >= p_positions[(e.position & 63) + 1]
           and (e.position > p_positions[(e.position & 63) + 1]
             or (e.ticket_id, e.seq) > (p_tickets[(e.position & 63) + 1], p_seqs[(e.position & 63) + 1]))
         order by e.position, e.ticket_id, e.seq limit p_most)
        union all
        (select t.position, t.id, 0, 0 from ticket t
         where t.position >= p_start and t.position < p_before and t.position >= p_positions[(t.position & 63) + 1]
           and (t.position > p_positions[(t.position & 63) + 1]
             or (t.id, 0) > (p_tickets[(t.position & 63) + 1], p_seqs[(t.position & 63) + 1]))
         order by t.position, t.id limit p_most)
        union all
        (select p.position, p.id, 2147483647, 0 from ticket_purge p
         where p.position >= p_start and p.position < p_before and p.position >= p_positions[(p.position & 63) + 1]
           and (p.position > p_positions[(p.position & 63) + 1]
             or (p.id, 2147483647) > (p_tickets[(p.position & 63) + 1], p_seqs[(p.position & 63) + 1]))
         order by p.position, p.id limit p_most)
      ) as k
      order by k.position, k.ticket_id, k.seq limit p_most
    ) as x
    where x.before < 16777216
    order by x.position, x.ticket_id, x.seq;
end
$$;
revoke all on function ${schema}.change_keys(bigint, bigint[], uuid[], integer[], bigint, integer) from public;
