-- Keeps what a text is found by: p_words is {text, staff}, each what PostgreSQL reads as a tsvector; the first is of what customers see
-- if p_shown. A row without the key of a customer is found by none.
create or replace function ${schema}.add_words(
  p_ticket_id uuid, p_customer_id uuid, p_created_at timestamptz, p_seq integer, p_words jsonb, p_shown boolean) returns void
language plpgsql
as $$
declare
  c_day  constant text := to_char(p_created_at at time zone 'UTC', 'YYYYMMDD');
  c_days constant tsvector := array_to_tsvector(array['/d' || c_day, '/m' || left(c_day, -2)]);
begin
  if p_words ? 'text' then
    insert into ticket_search (ticket_id, seq, private, words)
    values (p_ticket_id, p_seq, not p_shown, (p_words ->> 'text')::tsvector || c_days
      || case when p_shown then array_to_tsvector(viewer_words(p_ticket_id, p_customer_id)) else ''::tsvector end)
    on conflict do nothing;
  end if;
  if p_words ? 'staff' then
    insert into ticket_search (ticket_id, seq, private, words)
    values (p_ticket_id, p_seq, true, (p_words ->> 'staff')::tsvector || c_days)
    on conflict do nothing;
  end if;
end
$$;
revoke all on function ${schema}.add_words(uuid, uuid, timestamptz, integer, jsonb, boolean) from public;
