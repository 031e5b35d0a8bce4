-- Takes a part of what a ticket started with, title or description, out of what it is found by; the other stays, which has a weight of its
-- own. Of its own side alone, since customers would find less by what the staff did.
create or replace function ${schema}.trim_words(p_ticket_id uuid, p_part text) returns void
language plpgsql
as $$
declare
  v_left tsvector;
  v_keys tsvector;
begin
  select ts_filter(s.words, case p_part when 'title' then '{b}' else '{a}' end::"char"[]),
         array_to_tsvector(array(select w.word from unnest(tsvector_to_array(s.words)) as w (word) where w.word like '/%'))
  into v_left, v_keys
  from ticket_search s where s.ticket_id = p_ticket_id and not s.private and s.seq = 0;
  if v_left <> '' then
    update ticket_search s set words = v_left || v_keys where s.ticket_id = p_ticket_id and not s.private and s.seq = 0;
  else
    delete from ticket_search s where s.ticket_id = p_ticket_id and not s.private and s.seq = 0;
  end if;
end
$$;
revoke all on function ${schema}.trim_words(uuid, text) from public;
