-- The public texts of a ticket are found by those who see it now, and by no customer else.
create or replace function ${schema}.show_words(p_ticket_id uuid, p_customer_id uuid) returns void
language plpgsql
as $$
declare
  c_keys constant text[] := viewer_words(p_ticket_id, p_customer_id);
begin
  update ticket_search s set words = ts_delete(s.words, k.held) || array_to_tsvector(c_keys)
  from ticket_search o
  cross join lateral (
    select coalesce(array_agg(w.word), '{}') as held from unnest(tsvector_to_array(o.words)) as w (word) where w.word like '/c%') as k
  where o.ticket_id = p_ticket_id and not o.private and not (k.held @> c_keys and k.held <@ c_keys)
    and s.ticket_id = p_ticket_id and s.seq = o.seq and not s.private;
end
$$;
revoke all on function ${schema}.show_words(uuid, uuid) from public;
