-- Tickets that have each part of a question, with a rank: {tsquery, …} in p_parts, and in p_any what has one of them. Of a customer's, public
-- texts alone. Where one of the parts is in no more than p_most texts, or the ticket or its customer is known and has no more tickets, all
-- tickets are found that have the others anywhere. Else those in which one text has them all, of more than p_most the newest; and of more,
-- where these are fewer, all that common_tickets finds, or the newest. partial says where that is not all.
-- How many rows are read and ranked follows from p_most; how much of the index, from how many texts have a part. Public and private texts
-- have an index each and lie apart in the key, so that what a customer's search reads follows from no private text.
create or replace function ${schema}.search_tickets(
  p_parts jsonb, p_any text, p_customer_id uuid, p_ticket_id uuid, p_of uuid, p_most integer)
returns table (ticket_id uuid, rank integer, partial boolean)
language plpgsql stable rows 100
set search_path = ${schema}, pg_temp
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  c_weights constant real[] := '{0.1, 0.2, 0.4, 1.0}';
  -- How long a text is follows from its words: keys have no place in it.
  c_placed  constant "char"[] := '{a, b, c, d}';
  c_any     constant tsquery := p_any::tsquery;
  c_staff   constant boolean := p_customer_id is null;
  c_of      constant tsquery := quote_literal('/c' || replace(p_customer_id::text, '-', ''))::tsquery;
  v_parts   tsquery[] := '{}';
  v_sought  tsquery[] := '{}';
  v_part    tsquery;
  v_all     tsquery := c_of;
  v_rarest  tsquery;
  v_least   integer;
  v_count   integer;
  v_ids     uuid[];
  v_common  uuid[];
begin
  for v_part in select x.part::tsquery from jsonb_array_elements_text(p_parts) as x (part) loop
    v_parts := v_parts || v_part;
    v_all := case when v_all is null then v_part else v_all && v_part end;
    v_part := case when c_staff then v_part else c_of && v_part end;
    v_sought := v_sought || v_part;
    v_count := cardinality(sought_tickets(v_part, c_staff, p_most + 1));
    if v_count = 0 then
      return;
    elsif v_least is null or v_count < v_least then
      v_least := v_count;
      v_rarest := v_part;
    end if;
  end loop;
  if v_least is null then
    return;
  end if;
  partial := false;
  if v_least <= p_most and cardinality(v_parts) = 1 then
    -- The texts that have it are all that is ranked.
    return query
      select s.ticket_id, max(ts_rank(c_weights, ts_filter(s.words, c_placed), c_any, 1) * 1000000)::integer, partial
      from (
        select s.ticket_id, s.words from ticket_search s where s.words @@ v_rarest and not s.private
        union all
        select s.ticket_id, s.words from ticket_search s where c_staff and s.words @@ v_rarest and s.private) as s
      group by s.ticket_id;
    return;
  elsif v_least <= p_most then
    v_ids := sought_tickets(v_rarest, c_staff, p_most);
  else
    if p_ticket_id is not null then
      v_ids := array[p_ticket_id];
    elsif p_of is not null then
      v_ids := array(select t.id from ticket t where t.customer_id = p_of limit p_most + 1);
    end if;
    if v_ids is null or cardinality(v_ids) > p_most then
      v_ids := sought_tickets(v_all, c_staff, p_most + 1);
      if cardinality(v_ids) > p_most then
        partial := true;
        v_ids := newest_tickets(array[v_all], p_customer_id, p_most, null);
      elsif cardinality(v_parts) > 1 then
        -- Several texts of a ticket may have the parts.
        v_common := common_tickets(v_sought, c_staff, p_most);
        partial := v_common is null;
        v_ids := coalesce(v_common, v_ids || newest_tickets(v_sought, p_customer_id, p_most - cardinality(v_ids), p_most * 4));
      end if;
    end if;
  end if;

  return query
    select c.ticket_id, r.rank, partial
    from (select distinct x.id as ticket_id from unnest(v_ids) as x (id)) as c
    cross join lateral (
      select max(ts_rank(c_weights, ts_filter(s.words, c_placed), c_any, 1) * 1000000)::integer as rank, count(distinct p.n) as found
      from (
        select s.words from ticket_search s where c_staff and s.ticket_id = c.ticket_id
        union all
        select s.words from ticket_search s where not c_staff and s.ticket_id = c.ticket_id and not s.private and s.words @@ c_of) as s
      join unnest(v_parts) with ordinality as p (part, n) on s.words @@ p.part) as r
    where r.found = cardinality(v_parts);
  if partial and not found then
    return query select null::uuid, 0, true;
  end if;
end
$$;
revoke all on function ${schema}.search_tickets(jsonb, text, uuid, uuid, uuid, integer) from public;
