-- Whether what the texts of a ticket are found by belongs to texts that it has, and public texts alone can be found by customers: by
-- those who see the ticket.
create or replace function ${schema}.words_fit(p_ticket_id uuid, p_customer_id uuid) returns boolean
language plpgsql stable
set search_path = ${schema}, pg_temp
as $$
begin
  return not exists (
    select from ticket_search s
    left join ticket_event e on e.ticket_id = s.ticket_id and e.seq = s.seq
    cross join lateral (select array(
      select w.word from unnest(tsvector_to_array(s.words)) as w (word) where w.word like '/c%' order by w.word) as held) as k
    where s.ticket_id = p_ticket_id
      and (s.seq > 0 and (e.seq is null or e.public_seq is null and not s.private)
        or k.held <> case when s.private then '{}' else array(
          select '/c' || replace(v.id::text, '-', '')
          from (select p_customer_id as id union select p.customer_id from ticket_participant p where p.ticket_id = p_ticket_id) as v
          order by 1) end));
end
$$;
revoke all on function ${schema}.words_fit(uuid, uuid) from public;
