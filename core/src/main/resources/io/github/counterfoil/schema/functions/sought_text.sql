-- The text of a ticket that fits a question best, as [[number, text]]: the number of its event on the side of who asks, 0 for what the
-- ticket started with. Of a customer's, public texts that they see alone. No more of a text is given than words are made of.
create or replace function ${schema}.sought_text(p_ticket_id uuid, p_any text, p_customer_id uuid) returns jsonb
language plpgsql stable
set search_path = ${schema}, pg_temp
as $$
declare
  c_weights constant real[] := '{0.1, 0.2, 0.4, 1.0}';
  -- As in search_tickets.
  c_placed  constant "char"[] := '{a, b, c, d}';
  c_any     constant tsquery := p_any::tsquery;
  c_staff   constant boolean := p_customer_id is null;
  c_of      constant tsquery := quote_literal('/c' || replace(p_customer_id::text, '-', ''))::tsquery;
  v_seq     integer;
  v_private boolean;
  v_number  integer := 0;
  v_text    text;
begin
  select x.seq, x.private into v_seq, v_private
  from (
    select s.seq, s.private, s.words from ticket_search s where c_staff and s.ticket_id = p_ticket_id
    union all
    select s.seq, s.private, s.words from ticket_search s
    where not c_staff and s.ticket_id = p_ticket_id and not s.private and s.words @@ c_of) as x
  where x.words @@ c_any
  order by ts_rank(c_weights, ts_filter(x.words, c_placed), c_any, 1) desc, x.seq desc, x.private
  limit 1;
  if v_seq = 0 then
    -- As started_with has it, which who reads may not call.
    select case
      when v_private then (
        select string_agg(f.value #>> '{}', E'\n' order by f.key)
        from jsonb_each(coalesce(t.beginning -> 'custom_fields', t.custom_fields)) as f)
      else coalesce(t.beginning ->> 'title', t.title) || E'\n' || coalesce(t.beginning ->> 'description', t.description) end
    into v_text from ticket t where t.id = p_ticket_id;
  elsif v_seq > 0 then
    select case when c_staff then e.seq else e.public_seq end, coalesce(e.body ->> 'content', e.body ->> 'new_value')
    into v_number, v_text from ticket_event e where e.ticket_id = p_ticket_id and e.seq = v_seq;
  end if;
  return case when v_text is null then '[]' else jsonb_build_array(jsonb_build_array(v_number, left(v_text, 16384))) end;
end
$$;
revoke all on function ${schema}.sought_text(uuid, text, uuid) from public;
