-- A consumer is there, from now on or before: who is there already stays where they are.
create or replace function ${schema}.register_consumer(
  p_consumer text, p_customers boolean, p_workers integer, p_from text, p_at timestamptz, p_position bigint, p_ticket uuid, p_seq integer,
  p_patience integer, p_durable boolean)
returns table (refusal text, made boolean)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  made := false;
  if changes_distributed() then
    refusal := 'changes.distributed';
  else
    insert into change_consumer (name, customers, workers) values (p_consumer, p_customers, p_workers) on conflict (name) do nothing;
    made := found;
    if made then
      insert into change_place (consumer, bucket, position, after_ticket, after_seq)
      select p_consumer, b.n, s.position, s.after_ticket, s.after_seq
      from start_place(p_from, p_at, p_position, p_ticket, p_seq, change_horizon()) s cross join generate_series(0, 63) as b (n);
    elsif not exists (select from change_consumer c where c.name = p_consumer and c.customers = p_customers) then
      refusal := 'consumer.other_feed';
    else
      update change_consumer c set workers = p_workers where c.name = p_consumer and c.workers <> p_workers;
    end if;
  end if;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.register_consumer(text, boolean, integer, text, timestamptz, bigint, uuid, integer, integer, boolean) from public;
