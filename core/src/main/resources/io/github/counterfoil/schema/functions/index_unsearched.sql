-- Stores what texts are found by that read_unsearched gave under the same token, [{ticket, seq, digest, words}], and goes on behind them. The
-- tickets are locked, and a text that changed since it was read is left out: then nothing is passed, and it is read again.
create or replace function ${schema}.index_unsearched(p_token uuid, p_texts jsonb, p_patience integer, p_durable boolean)
returns table (refusal text)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  c_ids     constant uuid[] := array(select distinct (x.one ->> 'ticket')::uuid from jsonb_array_elements(p_texts) as x (one) order by 1);
  x         record;
  v_digest  text;
  v_changed boolean := false;
begin
  perform from ticket t where t.id = any (c_ids) order by t.id for update;
  perform set_guard('command', 'on');
  for x in select r.ticket, r.seq, r.digest, r.words
           from jsonb_to_recordset(p_texts) as r (ticket uuid, seq integer, digest text, words jsonb) loop
    select source_digest(s.source) into v_digest from unsearched_source(x.ticket, x.seq) as s;
    if v_digest = x.digest then
      perform add_words(t.id, t.customer_id, t.created_at, x.seq, x.words, x.seq = 0 or exists (
        select from ticket_event e where e.ticket_id = x.ticket and e.seq = x.seq and e.public_seq is not null))
      from ticket t where t.id = x.ticket;
    else
      v_changed := true;
    end if;
  end loop;
  perform set_guard('command', '');
  if not v_changed then
    select a.refusal into refusal from acknowledge_changes('', p_token, p_patience, p_durable) as a;
  end if;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.index_unsearched(uuid, jsonb, integer, boolean) from public;
