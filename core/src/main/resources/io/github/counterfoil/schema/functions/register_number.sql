-- Records the number that a ticket was just stored with. Where an import gave it to another ticket meanwhile, or the sequence stands
-- behind, as in a copy of the tables alone, the ticket gets the next one that is free.
create or replace function ${schema}.register_number(p_ticket_id uuid, p_number bigint) returns bigint
language plpgsql
as $$
declare
  v_number bigint := p_number;
begin
  loop
    insert into ticket_number (number, id) values (v_number, p_ticket_id) on conflict (number) do nothing;
    exit when found;
    perform pass_number((select max(n.number) from ticket_number n));
    v_number := nextval('ticket_number_number_seq');
  end loop;
  if v_number <> p_number then
    update ticket t set number = v_number where t.id = p_ticket_id;
  end if;
  return v_number;
end
$$;
revoke all on function ${schema}.register_number(uuid, bigint) from public;
