-- The tickets of texts that have what is sought, one for each text, of no more than so many texts. Public ones alone, unless p_staff.
create or replace function ${schema}.sought_tickets(p_query tsquery, p_staff boolean, p_most integer) returns uuid[]
language plpgsql stable
set search_path = ${schema}, pg_temp
set enable_seqscan = off
as $$
begin
  return array(
    select s.ticket_id from ticket_search s where s.words @@ p_query and not s.private
    union all
    select s.ticket_id from ticket_search s where p_staff and s.words @@ p_query and s.private
    limit p_most);
end
$$;
revoke all on function ${schema}.sought_tickets(tsquery, boolean, integer) from public;
