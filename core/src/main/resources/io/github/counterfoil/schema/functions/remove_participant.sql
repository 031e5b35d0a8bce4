create or replace function ${schema}.remove_participant(inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb)
language plpgsql
as $$
declare
  c_customer constant uuid := p_args ->> 'customer';
  v_kind     text;
begin
  delete from ticket_participant p where p.ticket_id = t.id and p.customer_id = c_customer returning p.kind into v_kind;
  if found then
    perform show_words(t.id, t.customer_id);
    t := append_event(t, e, 'participant-removed', 'private', jsonb_build_object('customer_id', c_customer, 'kind', v_kind));
  end if;
end
$$;
revoke all on function ${schema}.remove_participant(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;
