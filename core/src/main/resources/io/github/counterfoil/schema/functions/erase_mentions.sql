-- Looks through tickets for a person's names and addresses. A member of an event that Counterfoil does not know, and that is one of
-- them and nothing else, is replaced; of texts, which only a reader can judge, their number and their tickets are told.
create or replace function ${schema}.erase_mentions(p_state jsonb, p_tickets uuid[]) returns jsonb
language plpgsql
as $$
declare
  c_known   constant text[] := '{content,attachments,old_value,new_value,field_name,tag,agent_id,customer_id,kind,event_id,channel,reason,rating,comment,version}';
  v_exact   text[];
  v_pattern text;
  v_changed uuid[];
  v_count   integer;
  v_texts   integer;
  v_tickets jsonb;
begin
  -- Where words have no blanks between them, a name may stand anywhere; else not inside a longer word. One letter alone tells nothing.
  select array_agg(distinct x.text) filter (where x.whole),
         concat_ws('|', '(^|[^a-z0-9])(' || string_agg(distinct x.escaped, '|') filter (where x.latin) || ')($|[^a-z0-9])',
                   string_agg(distinct x.escaped, '|') filter (where not x.latin))
  into v_exact, v_pattern
  from (
    select n.text, n.whole, n.text ~ '^[ -~]*$' as latin, regexp_replace(n.text, '([^[:alnum:][:space:]])', '\\\1', 'g') as escaped
    from jsonb_array_elements(p_state -> 'people') as p (one)
    cross join lateral (values (folded_name(p.one ->> 'first'), folded_name(p.one ->> 'last'))) as f (first, last)
    cross join lateral (values (folded_name(p.one ->> 'email'), true), (trim(f.first || ' ' || f.last), true), (f.first || f.last, false),
                               (f.last || f.first, false), (trim(f.last || ' ' || f.first), false), (f.first, false), (f.last, false)) as n (text, whole)
  ) as x
  where length(x.text) > 1 or x.text <> '' and not x.latin;
  if v_pattern = '' then
    return p_state;
  end if;
  perform from ticket t where t.id = any (p_tickets) order by t.id for update;

  perform set_guard('erasure', 'on');
  perform set_guard('command', 'on');
  with cleaned as (
    select e.ticket_id, e.seq, e.body || jsonb_object_agg(m.key, 'Erased') as body
    from ticket_event e cross join lateral jsonb_each(e.body) as m
    where e.ticket_id = any (p_tickets) and m.key <> all (c_known)
      and jsonb_typeof(m.value) = 'string' and folded_name(trim(m.value #>> '{}')) = any (v_exact)
    group by e.ticket_id, e.seq, e.body
  ), changed as (
    update ticket_event e set body = c.body, size = octet_length(c.body::text)
    from cleaned c where e.ticket_id = c.ticket_id and e.seq = c.seq
    returning e.ticket_id
  )
  select array_agg(distinct c.ticket_id), count(*) into v_changed, v_count from changed c;
  update ticket t set
    weight = (select sum(e.size) from ticket_event e where e.ticket_id = t.id),
    public_weight = (select coalesce(sum(e.size), 0) from ticket_event e where e.ticket_id = t.id and e.public_seq is not null)
  where t.id = any (v_changed);
  perform set_guard('command', '');
  perform set_guard('erasure', '');

  select coalesce(sum(x.count), 0), coalesce(jsonb_agg(x.id order by x.id), '[]') into v_texts, v_tickets
  from (
    select y.id, count(*) as count from (
      select e.ticket_id as id, e.body::text as text from ticket_event e where e.ticket_id = any (p_tickets)
      union all
      select t.id, concat_ws(' ', t.title, t.description, t.tags, t.custom_fields, t.beginning) from ticket t
      where t.id = any (p_tickets)
    ) as y where folded_name(y.text) ~ v_pattern
    group by y.id
  ) as x;
  return p_state || jsonb_build_object(
    'events', (p_state -> 'events')::integer + v_count, 'texts', (p_state -> 'texts')::integer + v_texts,
    'tickets', case when jsonb_array_length(p_state -> 'tickets') < 1000 then (p_state -> 'tickets') || v_tickets
                    else p_state -> 'tickets' end);
end
$$;
revoke all on function ${schema}.erase_mentions(jsonb, uuid[]) from public;
