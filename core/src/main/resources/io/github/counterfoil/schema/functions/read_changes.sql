-- The next changes for a consumer, as many as asked for, of buckets in which nobody else reads: change_keys, below p_before. They are held under
-- p_token for p_hold milliseconds, or until acknowledge_changes. What is held under p_lost nobody was given: each try of a call has a token of its
-- own, since one whose answer was lost may hold others than the next one, and even later. A refusal is a row of its own. Where there is nothing to read,
-- nothing is written.
create or replace function ${schema}.read_changes(
  p_consumer text, p_customers boolean, p_token uuid, p_lost uuid, p_most integer, p_hold integer, p_before bigint, p_patience integer, p_durable boolean)
returns table (refusal text, "position" bigint, ticket_id uuid, seq integer)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  -- Beyond every position.
  c_none    constant bigint := 9223372036854775807;
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_one     change_consumer;
  v_buckets integer[];
  v_looked  integer[] := '{}';
  v_start   bigint;
  v_before  bigint[];
  v_tickets uuid[];
  v_seqs    integer[];
  v_keys    record;
begin
  select * into v_one from change_consumer c where c.name = p_consumer;
  refusal := case when v_one.name is null then 'consumer.unknown'
                  when v_one.customers <> p_customers then 'consumer.other_feed'
                  when changes_distributed() then 'changes.distributed' end;
  if refusal is not null then
    return next;
  elsif not v_one.paused then
    -- Whether there is anything: a look, before rows are locked for it.
    select min(p.position), array_agg(p.position order by p.bucket), array_agg(p.after_ticket order by p.bucket),
           array_agg(p.after_seq order by p.bucket)
    into v_start, v_before, v_tickets, v_seqs
    from change_place p where p.consumer = p_consumer;
    perform from change_keys(v_start, v_before, v_tickets, v_seqs, p_before, 1);
    for v_round in 1 .. case when found then v_one.workers else 0 end loop
      -- Those that are furthest behind.
      v_buckets := array(
        select p.bucket from change_place p
        where p.consumer = p_consumer and p.bucket <> all (v_looked)
          and (p.taken_until is null or p.taken_until < clock_timestamp() or p.token = p_lost)
        order by p.token = p_lost desc nulls last, p.position, p.after_ticket, p.after_seq, p.bucket limit 63 / v_one.workers + 1 for update skip locked);
      exit when v_buckets = '{}';
      select min(p.position) filter (where p.bucket = any (v_buckets)),
             array_agg(case when p.bucket = any (v_buckets) then p.position else c_none end order by p.bucket),
             array_agg(p.after_ticket order by p.bucket), array_agg(p.after_seq order by p.bucket)
      into v_start, v_before, v_tickets, v_seqs
      from change_place p where p.consumer = p_consumer;
      select array_agg(k.position) as positions, array_agg(k.ticket_id) as tickets, array_agg(k.seq) as seqs into v_keys
      from change_keys(v_start, v_before, v_tickets, v_seqs, p_before, p_most) k;
      if v_keys.positions is not null then
        update change_place p set
          token = p_token, taken_until = clock_timestamp() + p_hold * interval '1 millisecond',
          end_position = v_keys.positions[cardinality(v_keys.positions)], end_ticket = v_keys.tickets[cardinality(v_keys.positions)],
          end_seq = v_keys.seqs[cardinality(v_keys.positions)]
        where p.consumer = p_consumer and p.bucket = any (v_buckets);
        return query
          select null::text, k.position, k.ticket_id, k.seq
          from unnest(v_keys.positions, v_keys.tickets, v_keys.seqs) as k (position, ticket_id, seq);
        exit;
      end if;
      -- Nothing is theirs up to here: a later look need not begin so far behind, where others have much.
      update change_place p set position = p_before - 1, after_ticket = 'ffffffff-ffff-ffff-ffff-ffffffffffff', after_seq = 2147483647
      where p.consumer = p_consumer and p.bucket = any (v_buckets) and p_before - p.position > 256000;
      v_looked := v_looked || v_buckets;
    end loop;
  end if;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.read_changes(text, boolean, uuid, uuid, integer, integer, bigint, integer, boolean) from public;
