-- The id of an event that is not the first of its command, by what its readers see.
create or replace function ${schema}.following_event_id(t ${schema}.ticket, e ${schema}.ticket_event, p_visibility text) returns uuid
language plpgsql stable
as $$
begin
  if p_visibility <> 'public' then
    return following_id(e.id, t.last_seq + 1 - e.seq);
  elsif t.last_public_seq = e.public_seq then
    return following_id(e.id, 0);
  end if;
  -- Whose number was changed by hand is not found.
  return coalesce(
    (select following_id(x.id, 1) from ticket_event x where x.ticket_id = t.id and x.public_seq = t.last_public_seq),
    following_id(e.id, t.last_seq + 1 - e.seq));
end
$$;
revoke all on function ${schema}.following_event_id(${schema}.ticket, ${schema}.ticket_event, text) from public;
