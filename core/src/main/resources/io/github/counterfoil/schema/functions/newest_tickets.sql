-- The newest tickets that have all that is sought, each of it anywhere: by days on which tickets were opened, whose keys all their texts
-- have. Until there are so many, or so many texts were read; p_texts is null for however many.
create or replace function ${schema}.newest_tickets(p_queries tsquery[], p_customer_id uuid, p_most integer, p_texts integer) returns uuid[]
language plpgsql stable
set search_path = ${schema}, pg_temp
set enable_seqscan = off
as $$
declare
  c_staff constant boolean := p_customer_id is null;
  v_ids   uuid[] := '{}';
  v_found uuid[];
  v_some  uuid[];
  v_query tsquery;
  v_day   timestamptz := 'infinity';
  v_month text := '';
  v_there boolean;
  v_read  integer := 0;
begin
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
    exit when v_day is null or cardinality(v_ids) >= p_most or v_read > p_texts;
    v_day := date_trunc('day', v_day at time zone 'UTC') at time zone 'UTC';
    -- A month without any such text is passed at once.
    if v_month <> to_char(v_day at time zone 'UTC', 'YYYYMM') then
      v_month := to_char(v_day at time zone 'UTC', 'YYYYMM');
      foreach v_query in array p_queries loop
        v_there := sought_tickets(v_query && ('/m' || v_month)::tsquery, c_staff, 1) <> '{}';
        exit when not v_there;
      end loop;
    end if;
    if v_there then
      v_found := null;
      foreach v_query in array p_queries loop
        v_some := sought_tickets(v_query && ('/d' || to_char(v_day at time zone 'UTC', 'YYYYMMDD'))::tsquery, c_staff, null);
        -- A look that finds nothing reads something too.
        v_read := v_read + cardinality(v_some) + 10;
        v_found := array(
          select x.id from unnest(v_some) as x (id) where v_found is null
          union
          (select x.id from unnest(v_some) as x (id) intersect select x.id from unnest(v_found) as x (id)));
        exit when v_found = '{}';
      end loop;
      -- Which of them does not follow from where they are stored, since what customers do not see moves rows too.
      v_ids := v_ids || array(select x.id from unnest(v_found) as x (id) order by x.id limit p_most - cardinality(v_ids));
    else
      v_day := date_trunc('month', v_day at time zone 'UTC') at time zone 'UTC';
    end if;
  end loop;
  return v_ids;
end
$$;
revoke all on function ${schema}.newest_tickets(tsquery[], uuid, integer, integer) from public;
