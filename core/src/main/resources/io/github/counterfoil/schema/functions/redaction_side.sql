-- Who is told that a member of a public event was redacted: 'public' where its customer sees the member, else 'private'. Null for what cannot
-- be redacted, because the ticket itself is made of it. Which members of a type that is not Counterfoil's own a customer sees, only the host
-- knows: the event itself names those.
create or replace function ${schema}.redaction_side(p_type text, p_member text) returns text
language sql immutable
as $$
  select case
    when x.member = 'redacted' or x.kept -> p_type ? x.member then null
    when not x.seen ? p_type then case when x.member <> 'version' then 'private' end
    when x.seen -> p_type ? x.member then 'public'
    else 'private' end
  from (select
    regexp_replace(p_member, '^attachments\[(0|[1-9][0-9]{0,5})\]$', 'attachments') as member,
    '{"status-update": ["old_value", "new_value"], "priority-update": ["old_value", "new_value"],
      "customer-update": ["old_value", "new_value"], "participant-added": ["customer_id", "kind"],
      "participant-removed": ["customer_id", "kind"], "assignment-added": ["agent_id"], "assignment-removed": ["agent_id"],
      "field-added": ["field_name"], "field-removed": ["field_name"], "tag-added": ["tag"], "tag-removed": ["tag"],
      "feedback-submitted": ["rating"], "delivery-failed": ["event_id"], "snooze-update": ["until"],
      "event-redacted": ["event_id", "members"]}'::jsonb as kept,
    '{"message": ["content", "attachments"], "title-update": ["old_value", "new_value"],
      "description-update": ["old_value", "new_value"], "feedback-submitted": ["comment"], "status-update": [],
      "priority-update": [], "customer-update": [], "participant-added": [], "participant-removed": [], "assignment-added": [], "assignment-removed": [], "field-added": [],
      "field-removed": [], "tag-added": [], "tag-removed": [], "note-added": [], "delivery-failed": [], "snooze-update": [],
      "event-redacted": []}'::jsonb as seen) as x
$$;
revoke all on function ${schema}.redaction_side(text, text) from public;
