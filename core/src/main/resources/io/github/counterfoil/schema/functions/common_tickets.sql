-- The tickets that have all that is sought anywhere, or some of it where that is in too many texts to be read: four times p_most. Null for
-- more than p_most.
create or replace function ${schema}.common_tickets(p_queries tsquery[], p_staff boolean, p_most integer) returns uuid[]
language plpgsql stable
set search_path = ${schema}, pg_temp
as $$
declare
  v_query tsquery;
  v_ids   uuid[];
  v_found uuid[];
begin
  foreach v_query in array p_queries loop
    v_ids := sought_tickets(v_query, p_staff, p_most * 4 + 1);
    if cardinality(v_ids) <= p_most * 4 then
      v_found := case when v_found is null then v_ids
                      else array(select x.id from unnest(v_found) as x (id) intersect select x.id from unnest(v_ids) as x (id)) end;
    end if;
  end loop;
  return case when cardinality(v_found) <= p_most then v_found end;
end
$$;
revoke all on function ${schema}.common_tickets(tsquery[], boolean, integer) from public;
