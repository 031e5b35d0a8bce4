-- The closing that is rated is the one that the customer sees. A rating that the staff alone sees makes room for theirs.
create or replace function ${schema}.rate_resolution(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  c_closed constant integer := coalesce((t.shown ->> 'closed_seq')::integer, t.closed_seq);
begin
  perform from ticket_feedback f where f.ticket_id = t.id and f.closed_seq = c_closed and not f.private;
  if found then
    refusal := 'feedback.exists';
    subject := t.id;
    return;
  end if;
  t := append_event(t, e, 'feedback-submitted', 'public',
                    jsonb_build_object('rating', p_args -> 'rating', 'comment', p_args -> 'comment'));
  insert into ticket_feedback (ticket_id, closed_seq, customer_id, rating, comment, submitted_at)
  values (t.id, c_closed, e.created_by, (p_args ->> 'rating')::smallint, p_args ->> 'comment', t.public_updated_at)
  on conflict (ticket_id, closed_seq) do update set
    customer_id = excluded.customer_id, rating = excluded.rating, comment = excluded.comment,
    submitted_at = excluded.submitted_at, private = false;
end
$$;
revoke all on function ${schema}.rate_resolution(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;
