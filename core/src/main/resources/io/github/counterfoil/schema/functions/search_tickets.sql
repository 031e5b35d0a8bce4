-- Tickets that have each part of a question, with a rank: {tsquery, …} in p_parts, and in p_any what has one of them. Of a customer's, public
-- texts alone. Where one of the parts is in no more than p_most texts, all tickets that have the others anywhere are found. Where each is in
-- more, those are found in which one text has them all, and of more than p_most such texts those of the newest tickets; partial says so.
-- How many rows are read and ranked follows from p_most; how much of the index, from how many texts have a part. Public and private texts
-- have an index each and lie apart in the key, so that what a customer's search reads follows from no private text.
create or replace function ${schema}.search_tickets(p_parts jsonb, p_any text, p_customer_id uuid, p_most integer)
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
  v_part    tsquery;
  v_all     tsquery := c_of;
  v_rarest  tsquery;
  v_least   integer;
  v_count   integer;
  v_ids     uuid[] := '{}';
  v_day     timestamptz := 'infinity';
  v_month   text := '';
  v_there   boolean;
begin
  for v_part in select x.part::tsquery from jsonb_array_elements_text(p_parts) as x (part) loop
    v_parts := v_parts || v_part;
    v_all := case when v_all is null then v_part else v_all && v_part end;
    v_part := case when c_staff then v_part else c_of && v_part end;
    select count(*) into v_count from (
      select from ticket_search s where s.words @@ v_part and not s.private
      union all
      select from ticket_search s where c_staff and s.words @@ v_part and s.private
      limit p_most + 1) as x;
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
  if v_least > p_most and cardinality(v_parts) > 1 then
    select count(*) into v_least from (
      select from ticket_search s where s.words @@ v_all and not s.private
      union all
      select from ticket_search s where c_staff and s.words @@ v_all and s.private
      limit p_most + 1) as x;
    v_rarest := v_all;
    partial := true;
  else
    partial := v_least > p_most;
  end if;

  if v_least <= p_most and (v_rarest = v_all or cardinality(v_parts) = 1) then
    return query
      select s.ticket_id, max(ts_rank(c_weights, ts_filter(s.words, c_placed), c_any, 1) * 1000000)::integer, partial
      from (
        select s.ticket_id, s.words from ticket_search s where s.words @@ v_rarest and not s.private
        union all
        select s.ticket_id, s.words from ticket_search s where c_staff and s.words @@ v_rarest and s.private) as s
      group by s.ticket_id;
  elsif v_least <= p_most then
    return query
      select c.ticket_id, r.rank, partial
      from (
        select s.ticket_id from ticket_search s where s.words @@ v_rarest and not s.private
        union
        select s.ticket_id from ticket_search s where c_staff and s.words @@ v_rarest and s.private) as c
      cross join lateral (
        select max(ts_rank(c_weights, ts_filter(s.words, c_placed), c_any, 1) * 1000000)::integer as rank, count(distinct p.n) as found
        from (
          select s.words from ticket_search s where s.ticket_id = c.ticket_id and not s.private and (c_staff or s.words @@ c_of)
          union all
          select s.words from ticket_search s where c_staff and s.ticket_id = c.ticket_id and s.private) as s
        join unnest(v_parts) with ordinality as p (part, n) on s.words @@ p.part) as r
      where r.found = cardinality(v_parts);
  else
    -- Newest first, by days on which tickets were opened: a month without any such text is passed at once.
    loop
      if c_staff then
        select max(t.created_at) into v_day from ticket t where t.created_at < v_day;
      else
        select greatest(
            (select max(t.created_at) from ticket t where t.customer_id = p_customer_id and t.created_at < v_day),
            (select max(p.ticket_created_at) from ticket_participant p
             where p.customer_id = p_customer_id and p.ticket_created_at < v_day))
        into v_day;
      end if;
      exit when v_day is null or cardinality(v_ids) >= p_most;
      v_day := date_trunc('day', v_day at time zone 'UTC') at time zone 'UTC';
      if v_month <> to_char(v_day at time zone 'UTC', 'YYYYMM') then
        v_month := to_char(v_day at time zone 'UTC', 'YYYYMM');
        v_part := v_all && ('/m' || v_month)::tsquery;
        v_there := exists (select from ticket_search s where s.words @@ v_part and not s.private)
          or c_staff and exists (select from ticket_search s where s.words @@ v_part and s.private);
      end if;
      if v_there then
        v_part := v_all && ('/d' || to_char(v_day at time zone 'UTC', 'YYYYMMDD'))::tsquery;
        if c_staff then
          v_ids := v_ids || array(
            select s.ticket_id from ticket_search s where s.words @@ v_part and not s.private
            union
            select s.ticket_id from ticket_search s where s.words @@ v_part and s.private
            order by 1 limit p_most - cardinality(v_ids));
        else
          -- Which of them does not follow from where they are stored, since what customers do not see moves rows too.
          v_ids := v_ids || array(
            select distinct s.ticket_id from ticket_search s where s.words @@ v_part and not s.private
            order by s.ticket_id limit p_most - cardinality(v_ids));
        end if;
      else
        v_day := date_trunc('month', v_day at time zone 'UTC') at time zone 'UTC';
      end if;
    end loop;
    return query
      select c.ticket_id, r.rank, partial
      from (select distinct x.id as ticket_id from unnest(v_ids) as x (id)) as c
      cross join lateral (
        select max(ts_rank(c_weights, ts_filter(s.words, c_placed), c_any, 1) * 1000000)::integer as rank
        from (
          select s.words from ticket_search s where s.ticket_id = c.ticket_id and not s.private
          union all
          select s.words from ticket_search s where c_staff and s.ticket_id = c.ticket_id and s.private) as s
        where s.words @@ v_all) as r;
  end if;
  -- Several texts of a ticket may have the parts, which were not all looked at.
  if partial and not found then
    return query select null::uuid, 0, true;
  end if;
end
$$;
revoke all on function ${schema}.search_tickets(jsonb, text, uuid, integer) from public;
