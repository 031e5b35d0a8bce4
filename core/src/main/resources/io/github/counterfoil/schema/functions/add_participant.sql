-- A customer takes part in a ticket of another's. Whose ticket it is does already. Customers are told nothing: it changes nothing that
-- they see.
create or replace function ${schema}.add_participant(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_limit bigint,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  c_customer constant uuid := p_args ->> 'customer';
  c_kind     constant text := p_args ->> 'kind';
  v_held     text;
begin
  perform from customer c where c.id = c_customer and not c.erased;
  if not found then
    refusal := 'customer.not_found';
    subject := c_customer;
    return;
  end if;
  select p.kind into v_held from ticket_participant p where p.ticket_id = t.id and p.customer_id = c_customer;
  if c_customer = t.customer_id or v_held = c_kind then
    return;
  elsif v_held is not null then
    t := append_event(t, e, 'participant-removed', 'private', jsonb_build_object('customer_id', c_customer, 'kind', v_held));
    update ticket_participant p set kind = c_kind where p.ticket_id = t.id and p.customer_id = c_customer;
  elsif (select count(*) from ticket_participant p where p.ticket_id = t.id) >= p_limit then
    refusal := 'too_many';
    field := 'participants';
    "limit" := p_limit;
    return;
  else
    insert into ticket_participant (ticket_id, customer_id, kind, ticket_created_at)
    values (t.id, c_customer, c_kind, t.created_at);
    perform show_words(t.id, t.customer_id);
  end if;
  t := append_event(t, e, 'participant-added', 'private', jsonb_build_object('customer_id', c_customer, 'kind', c_kind));
end
$$;
revoke all on function ${schema}.add_participant(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint) from public;
