-- The event that tells of members that were redacted, if there are any, of the event p_event or else of what the ticket started with.
create or replace function ${schema}.redaction_told(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_visibility text, p_event uuid, p_members text[], p_reason text)
language plpgsql
as $$
begin
  if p_members <> '{}' then
    t := append_event(t, e, 'event-redacted', p_visibility,
                      jsonb_build_object('event_id', p_event, 'members', p_members, 'reason', p_reason));
  end if;
end
$$;
revoke all on function ${schema}.redaction_told(${schema}.ticket, ${schema}.ticket_event, text, uuid, text[], text) from public;
