-- Takes members out of an event of the ticket, and out of all that repeats them; p_members is null for all, or with p_typed for all
-- that its author typed, who repeated an old value and did not type it. An event tells of it, to customers of what they saw; one more
-- tells the staff of the rest. p_seq is null for an event that the ticket has not.
create or replace function ${schema}.redact_event(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_seq integer, p_members text[], p_typed boolean, p_reason text,
  out refusal text, out field text)
language plpgsql
as $$
declare
  x         record;
  v_member  text;
  v_members text[];
  v_side    text;
  v_seen    boolean;
begin
  select o.seq, o.id, o.type, o.body, o.public_seq, coalesce(o.public_at, o.created_at) as told_at into x
  from ticket_event o where o.ticket_id = t.id and o.seq = p_seq;
  if not found then
    refusal := 'unknown';
    field := 'event_id';
    return;
  end if;
  -- An old value is of the update before it. Where customers see that one, it goes with it and not by an event that they do not see.
  v_seen := x.public_seq is null and x.type in ('title-update', 'description-update') and coalesce((
    select o.public_seq is not null from ticket_event o
    where o.ticket_id = t.id and o.seq < x.seq and o.type = x.type order by o.seq desc limit 1), true);
  v_members := coalesce(p_members, array(select jsonb_object_keys(x.body)));
  foreach v_member in array coalesce(p_members, '{}') loop
    if x.body #> redaction_path(x.body, v_member) is null or redaction_side(x.type, v_member) is null
      or v_seen and v_member = 'old_value'
    then
      refusal := case when x.body #> redaction_path(x.body, v_member) is null then 'unknown' else 'not_allowed' end;
      field := 'members';
      return;
    end if;
  end loop;
  -- Each attachment by itself; what is gone already is gone.
  v_members := array(
    select distinct m.name
    from unnest(v_members) as k (name)
    cross join lateral (
      select k.name where k.name <> 'attachments' or jsonb_typeof(x.body -> 'attachments') <> 'array'
      union all
      select 'attachments[' || a.n - 1 || ']'
      from jsonb_array_elements(case jsonb_typeof(x.body -> k.name) when 'array' then x.body -> k.name else '[]' end)
        with ordinality as a (one, n)
      where k.name = 'attachments') as m
    where redaction_side(x.type, m.name) is not null
      and not (m.name = 'old_value'
               and (v_seen or p_typed and x.type in ('title-update', 'description-update', 'field-removed')))
      and redacted_body(x.body, array[m.name]) <> x.body
    order by m.name);
  foreach v_member in array v_members loop
    t := redact_part(t, x.type, x.seq, x.body ->> 'field_name', v_member);
  end loop;
  if v_members <> '{}' then
    t := redact_row(t, x.seq, v_members);
  end if;
  if x.type = 'feedback-submitted' and 'comment' = any (v_members) then
    update ticket_feedback f set comment = '[redacted]'
    where f.ticket_id = t.id and f.private = (x.public_seq is null) and f.submitted_at = x.told_at;
  end if;
  foreach v_side in array array['public', 'private'] loop
    t := redaction_told(t, e, v_side, x.id, array(
      select m.name from unnest(v_members) as m (name)
      where v_side = case when x.public_seq is null then 'private' else redaction_side(x.type, m.name) end), p_reason);
  end loop;
end
$$;
revoke all on function ${schema}.redact_event(${schema}.ticket, ${schema}.ticket_event, integer, text[], boolean, text) from public;
