-- Whether there is something that a consumer could be given: ready. If not, whether there is something unread that nobody announces once more:
-- a transaction holds it back that is not over, or another reader has it. process is that of the session, to be known behind a pooler.
create or replace function ${schema}.changes_waiting(p_consumer text, p_customers boolean, p_before bigint)
returns table (refusal text, process integer, ready boolean, held boolean)
language plpgsql stable security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  -- Beyond every position.
  c_none   constant bigint := 9223372036854775807;
  v_one    change_consumer;
  v_places record;
begin
  process := pg_backend_pid();
  ready := false;
  held := false;
  select * into v_one from change_consumer c where c.name = p_consumer;
  refusal := case when v_one.name is null then 'consumer.unknown'
                  when v_one.customers <> p_customers then 'consumer.other_feed'
                  when changes_distributed() then 'changes.distributed'
                  when not (select c.announced from change_epoch c) then 'changes.not_announced' end;
  if refusal is null and not v_one.paused then
    select min(p.position) filter (where f.free) as least_free, min(p.position) as least,
           array_agg(case when f.free then p.position else c_none end order by p.bucket) as free,
           array_agg(p.position order by p.bucket) as positions,
           array_agg(p.after_ticket order by p.bucket) as tickets, array_agg(p.after_seq order by p.bucket) as seqs
    into v_places
    from change_place p cross join lateral (select p.taken_until is null or p.taken_until < clock_timestamp() as free offset 0) f
    where p.consumer = p_consumer;
    perform from change_keys(v_places.least_free, v_places.free, v_places.tickets, v_places.seqs, p_before, 1);
    ready := found;
    if not ready then
      perform from change_keys(v_places.least, v_places.positions, v_places.tickets, v_places.seqs, c_none, 1);
      held := found;
    end if;
  end if;
  return next;
end
$$;
revoke all on function ${schema}.changes_waiting(text, boolean, bigint) from public;
