-- The keys by which the public texts of a ticket are found: of the customer whose it is, and of those who take part.
create or replace function ${schema}.viewer_words(p_ticket_id uuid, p_customer_id uuid) returns text[]
language plpgsql stable
as $$
begin
  return array(
    select '/c' || replace(v.id::text, '-', '')
    from (select p_customer_id as id union select p.customer_id from ticket_participant p where p.ticket_id = p_ticket_id) as v);
end
$$;
revoke all on function ${schema}.viewer_words(uuid, uuid) from public;
