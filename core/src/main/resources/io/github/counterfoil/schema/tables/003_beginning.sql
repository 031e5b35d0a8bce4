-- Counterfoil 3: what a ticket started with stays readable, so that nobody has to walk back over its events.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.ticket
  add column beginning jsonb not null default '{}' check (jsonb_typeof(beginning) = 'object');
comment on column ${schema}.ticket.beginning is
  'what each part that has changed since was at the start: title, description, priority, tags, custom_fields, customer_id, source_channel';

-- Commands came one at a time before, and answered in another dialect.
drop function if exists ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, text, jsonb);
drop function if exists ${schema}.open_ticket(uuid, uuid, text, uuid, uuid, uuid, timestamptz, text, text, text, text[], jsonb, text);
drop function if exists ${schema}.deactivate_worker(uuid, uuid, uuid, timestamptz);

-- The first event that changed a part tells what the part was; each tag and each field is a part. An event that lacks what its
-- type requires changed nothing.
do $beginning$
begin
  perform set_config('counterfoil.command', 'on', true);

  with change as (
    select e.ticket_id, e.seq, coalesce(e.body ->> 'tag', e.body ->> 'field_name', '') as item,
           case when e.type in ('tag-added', 'tag-removed') then 'tags'
                when e.type in ('field-added', 'field-removed') then 'custom_fields'
                when e.type = 'customer-update' then 'customer_id'
                else replace(e.type, '-update', '') end as part
    from ${schema}.ticket_event e
    where e.type in ('title-update', 'description-update')
        and jsonb_typeof(e.body -> 'old_value') = 'string' and jsonb_typeof(e.body -> 'new_value') = 'string'
      or e.type = 'priority-update'
        and e.body -> 'old_value' in ('"low"', '"medium"', '"high"') and e.body -> 'new_value' in ('"low"', '"medium"', '"high"')
      or e.type = 'customer-update' and jsonb_typeof(e.body -> 'new_value') = 'string'
        and e.body ->> 'old_value' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      or e.type in ('tag-added', 'tag-removed') and jsonb_typeof(e.body -> 'tag') = 'string'
      or e.type = 'field-added' and jsonb_typeof(e.body -> 'field_name') = 'string' and e.body ? 'new_value'
      or e.type = 'field-removed' and jsonb_typeof(e.body -> 'field_name') = 'string' and e.body ? 'old_value'
  ), first_change as (
    select c.ticket_id, c.part, c.item, e.seq, e.type, e.body -> 'old_value' as old_value
    from (select ticket_id, part, item, min(seq) as seq from change group by ticket_id, part, item) c
    join ${schema}.ticket_event e on e.ticket_id = c.ticket_id and e.seq = c.seq
  ), known as (
    select ticket_id,
      jsonb_object_agg(part, old_value) filter (where part not in ('tags', 'custom_fields')) as whole,
      bool_or(part = 'tags') as tagged,
      coalesce(array_agg(item) filter (where type = 'tag-added'), '{}') as tags_added,
      coalesce(array_agg(item order by seq) filter (where type = 'tag-removed'), '{}') as tags_removed,
      bool_or(part = 'custom_fields') as filled,
      coalesce(array_agg(item) filter (where part = 'custom_fields'), '{}') as fields,
      coalesce(jsonb_object_agg(item, old_value) filter (where type = 'field-removed'), '{}') as fields_removed
    from first_change group by ticket_id
  )
  update ${schema}.ticket t set beginning = coalesce(k.whole, '{}')
    || case when k.tagged then jsonb_build_object('tags',
         array(select x.tag from unnest(t.tags) with ordinality as x (tag, n) where x.tag <> all (k.tags_added) order by x.n)
         || array(select x.tag from unnest(k.tags_removed) with ordinality as x (tag, n) where x.tag <> all (t.tags) order by x.n))
       else '{}' end
    || case when k.filled then jsonb_build_object('custom_fields', (t.custom_fields - k.fields) || k.fields_removed)
       else '{}' end
  from known k where k.ticket_id = t.id;

  perform set_config('counterfoil.command', '', true);
end
$beginning$;

-- As it was before the first release: a role is changed by change_worker_role alone.
drop function if exists ${schema}.update_worker(uuid, text, text, text, text, text[], text[], text, jsonb);

insert into ${schema}.schema_history (version, name, checksum) values (3, 'beginning', '${checksum}');
