-- Where a body holds what a redaction calls by a name: a member, or attachments[n] for one of the attachments.
create or replace function ${schema}.redaction_path(p_body jsonb, p_member text) returns text[]
language sql immutable
as $$
  select case when p_member ~ '^attachments\[(0|[1-9][0-9]{0,5})\]$' and jsonb_typeof(p_body -> 'attachments') = 'array'
              then array['attachments', substring(p_member from '[0-9]+')] else array[p_member] end
$$;
revoke all on function ${schema}.redaction_path(jsonb, text) from public;
