-- A consumer is paused, goes on, reads from another place, or is no more. What is held is given up, but by a pause. Who waits is woken.
create or replace function ${schema}.change_consumer_state(
  p_consumer text, p_customers boolean, p_change text, p_from text, p_at timestamptz, p_position bigint, p_ticket uuid, p_seq integer,
  p_patience integer, p_durable boolean)
returns table (refusal text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_other   boolean;
  v_start   record;
begin
  select c.customers <> p_customers into v_other from change_consumer c where c.name = p_consumer for update;
  if v_other is null and p_change <> 'remove' then
    refusal := 'consumer.unknown';
  elsif v_other then
    refusal := 'consumer.other_feed';
  else
    case p_change
    when 'pause' then update change_consumer c set paused = true where c.name = p_consumer;
    when 'resume' then update change_consumer c set paused = false where c.name = p_consumer;
    when 'remove' then
      delete from change_place p where p.consumer = p_consumer;
      delete from change_consumer c where c.name = p_consumer;
    when 'rewind' then
      v_start := start_place(p_from, p_at, p_position, p_ticket, p_seq, change_horizon());
      update change_place p
      set position = v_start.position, after_ticket = v_start.after_ticket, after_seq = v_start.after_seq, token = null, taken_until = null
      where p.consumer = p_consumer;
    end case;
    perform pg_notify(changes_channel(), '') from change_epoch c where c.announced;
  end if;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.change_consumer_state(text, boolean, text, text, timestamptz, bigint, uuid, integer, integer, boolean) from public;
