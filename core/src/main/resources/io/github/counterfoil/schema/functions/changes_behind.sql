-- How far behind a consumer is: how many changes of all events it was not given, up to p_most, and since when; how many more are stored that a
-- transaction holds back which is not over, and since when that has run, where the caller (who says it in p_writing) or the owner may see it.
create or replace function ${schema}.changes_behind(p_consumer text, p_customers boolean, p_most integer, p_before bigint,
                                                     p_writing timestamptz)
returns table (refusal text, behind bigint, since timestamptz, held bigint, held_since timestamptz, paused boolean)
language plpgsql stable security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  -- Beyond every position.
  c_none    constant bigint := 9223372036854775807;
  v_places record;
  v_first  record;
begin
  select c.paused, case when c.customers <> p_customers then 'consumer.other_feed' end into paused, refusal
  from change_consumer c where c.name = p_consumer;
  if not found then
    refusal := 'consumer.unknown';
  end if;
  if refusal is null then
    select min(p.position) as least, array_agg(p.position order by p.bucket) as positions,
           array_agg(p.after_ticket order by p.bucket) as tickets, array_agg(p.after_seq order by p.bucket) as seqs
    into v_places from change_place p where p.consumer = p_consumer;
    select count(*) into behind
    from change_keys(v_places.least, v_places.positions, v_places.tickets, v_places.seqs, p_before, p_most);
    select count(*) into held
    from change_keys(p_before, array_fill(p_before - 1, array[64]), array_fill('ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid, array[64]),
                     array_fill(2147483647, array[64]), c_none, p_most);
    select k.ticket_id, k.seq into v_first
    from change_keys(v_places.least, v_places.positions, v_places.tickets, v_places.seqs, c_none, 1) k;
    since := coalesce((select e.created_at from ticket_event e where e.ticket_id = v_first.ticket_id and e.seq = v_first.seq),
                      (select t.created_at from ticket t where t.id = v_first.ticket_id and v_first.seq = 0),
                      (select p.created_at from ticket_purge p where p.id = v_first.ticket_id));
    if held > 0 then
      held_since := least(p_writing, writing_since());
    end if;
  end if;
  return next;
end
$$;
revoke all on function ${schema}.changes_behind(text, boolean, integer, bigint, timestamptz) from public;
