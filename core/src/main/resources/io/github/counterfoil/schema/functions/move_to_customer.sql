create or replace function ${schema}.move_to_customer(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  v_customer constant uuid := p_args ->> 'customer';
begin
  perform from customer c where c.id = v_customer;
  if not found then
    refusal := 'customer.not_found';
    subject := v_customer;
    return;
  end if;
  t := change_part(t, e, 'customer-update', 'private', 'customer_id', t.customer_id::text, v_customer::text);
  t.customer_id := v_customer;
  -- Whose ticket it is takes part by that alone.
  delete from ticket_participant p where p.ticket_id = t.id and p.customer_id = v_customer;
  perform show_words(t.id, v_customer);
end
$$;
revoke all on function ${schema}.move_to_customer(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;
