-- What a change brought that texts are found by and that nothing is stored of: {text}, {title}, {description} or {field} of an event,
-- {title, description} and {custom_fields} of what a ticket started with, which is looked at again, as event 0, after a redaction. Null where
-- nothing is missing. No more of a text is given than words are made of.
create or replace function ${schema}.unsearched_source(p_ticket_id uuid, p_seq integer, out seq integer, out source jsonb)
language plpgsql stable
as $$
declare
  v_type    text;
  v_private boolean;
  v_seen    boolean;
  v_staffs  boolean;
  v_start   jsonb;
begin
  seq := p_seq;
  if p_seq > 0 then
    select e.type, e.public_seq is null or e.type = 'field-added' into v_type, v_private
    from ticket_event e where e.ticket_id = p_ticket_id and e.seq = p_seq;
    if v_type = 'event-redacted' then
      seq := 0;
    elsif v_type in ('message', 'note-added', 'title-update', 'description-update', 'field-added')
      and not exists (select from ticket_search s where s.ticket_id = p_ticket_id and s.private = v_private and s.seq = p_seq)
    then
      select case v_type
        when 'field-added' then jsonb_build_object('field', e.body -> 'new_value')
        when 'title-update' then jsonb_build_object('title', e.body ->> 'new_value')
        when 'description-update' then jsonb_build_object('description', left(e.body ->> 'new_value', 16384))
        else jsonb_build_object('text', left(e.body ->> 'content', 16384)) end
      into source from ticket_event e where e.ticket_id = p_ticket_id and e.seq = p_seq;
    end if;
  end if;
  if seq = 0 then
    v_seen := exists (select from ticket_search s where s.ticket_id = p_ticket_id and not s.private and s.seq = 0);
    v_staffs := exists (select from ticket_search s where s.ticket_id = p_ticket_id and s.private and s.seq = 0);
    if not v_seen or not v_staffs then
      select started_with(t) into v_start from ticket t where t.id = p_ticket_id;
    end if;
    if not v_seen and v_start is not null then
      source := jsonb_build_object('title', v_start ->> 'title', 'description', left(v_start ->> 'description', 16384));
    end if;
    if not v_staffs and v_start -> 'custom_fields' <> '{}' then
      source := coalesce(source, '{}') || jsonb_build_object('custom_fields', v_start -> 'custom_fields');
    end if;
  end if;
end
$$;
revoke all on function ${schema}.unsearched_source(uuid, integer) from public;
