-- What was read under a token is done: its buckets go on behind it. Nothing where that was said before.
create or replace function ${schema}.acknowledge_changes(p_consumer text, p_token uuid, p_patience integer, p_durable boolean)
returns table (refusal text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  -- None goes back: one of several buckets may be further than the others.
  update change_place p set
    (position, after_ticket, after_seq) = (
      select x.position, x.ticket, x.seq
      from (values (p.position, p.after_ticket, p.after_seq), (p.end_position, p.end_ticket, p.end_seq)) as x (position, ticket, seq)
      order by x.position desc, x.ticket desc, x.seq desc limit 1),
    taken_until = null
  where p.consumer = p_consumer and p.token = p_token and p.taken_until is not null;
  if not found then
    refusal := case
      when not exists (select from change_consumer c where c.name = p_consumer) then 'consumer.unknown'
      when not exists (select from change_place p where p.consumer = p_consumer and p.token = p_token) then 'consumer.not_held' end;
  end if;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.acknowledge_changes(text, uuid, integer, boolean) from public;
