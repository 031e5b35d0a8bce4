-- The public texts of a ticket are found by the customer whose it is now, and by none before.
create or replace function ${schema}.move_words(p_ticket_id uuid, p_customer_id uuid) returns void
language plpgsql
as $$
begin
  update ticket_search s set words = ts_delete(s.words, array(
    select w.word from unnest(tsvector_to_array(s.words)) as w (word) where w.word like '/c%'))
    || array_to_tsvector(array[customer_word(p_customer_id)])
  where s.ticket_id = p_ticket_id and not s.private and not customer_word(p_customer_id) = any (tsvector_to_array(s.words));
end
$$;
revoke all on function ${schema}.move_words(uuid, uuid) from public;
