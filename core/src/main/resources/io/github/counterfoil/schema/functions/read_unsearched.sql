-- The texts of the next changes of which nothing is stored that they are found by, held for index_unsearched in the same transaction. The
-- place is that of a consumer whose name no host can give. The first row tells how many changes were looked at, or a refusal.
create or replace function ${schema}.read_unsearched(
  p_token uuid, p_most integer, p_before bigint, p_patience integer, p_durable boolean)
returns table (refusal text, looked integer, ticket_id uuid, seq integer, source jsonb, digest text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_read    record;
begin
  -- Held by the transaction alone: if that is given up, another goes on at once.
  select min(k.refusal) as refusal, count(k.ticket_id)::integer as looked,
         array_agg(k.ticket_id order by k.position, k.ticket_id, k.seq) as tickets,
         array_agg(k.seq order by k.position, k.ticket_id, k.seq) as seqs
  into v_read from read_changes('', false, p_token, p_token, p_most, 0, p_before, p_patience, p_durable) as k;
  return query select v_read.refusal, v_read.looked, null::uuid, null::integer, null::jsonb, null::text;
  if v_read.looked > 0 then
    return query
      select distinct on (k.ticket_id, s.seq) null::text, null::integer, k.ticket_id, s.seq, s.source, source_digest(s.source)
      from unnest(v_read.tickets, v_read.seqs) as k (ticket_id, seq)
      cross join lateral unsearched_source(k.ticket_id, k.seq) as s
      where s.source is not null
      order by k.ticket_id, s.seq;
  end if;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.read_unsearched(uuid, integer, bigint, integer, boolean) from public;
