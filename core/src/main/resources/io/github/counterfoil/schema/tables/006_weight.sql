-- Counterfoil 6: how much each event and each ticket holds, so that what one answer holds can be bounded without reading it.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.ticket_event
  add column size integer not null generated always as (octet_length(body::text)) stored;
comment on column ${schema}.ticket_event.size is 'of body, in bytes as it is printed';

-- PostgreSQL logs of a changed row what lies between its first and its last byte that changed: what grows with each event has its
-- place before what stays.
alter table ${schema}.ticket drop constraint ticket_beginning_check;
alter table ${schema}.ticket rename column opening to opening_before;
alter table ${schema}.ticket rename column command to command_before;
alter table ${schema}.ticket rename column beginning to beginning_before;
alter table ${schema}.ticket
  add column weight        bigint not null default 0,
  add column public_weight bigint not null default 0,
  add column opening       uuid,
  add column command       uuid,
  add column beginning     jsonb  not null default '{}' check (jsonb_typeof(beginning) = 'object');
comment on column ${schema}.ticket.weight is 'sum of the sizes of its events';
comment on column ${schema}.ticket.public_weight is 'the same of the events that customers see';
comment on column ${schema}.ticket.opening is 'digest of what the ticket started with, for verification';
comment on column ${schema}.ticket.command is 'digest of the command that opened the ticket and of its content';
comment on column ${schema}.ticket.beginning is
  'what each part that has changed since was at the start: title, description, priority, tags, custom_fields, customer_id, source_channel';

do $weight$
begin
  perform set_config('counterfoil.command', 'on', true);

  update ${schema}.ticket t set
    opening = opening_before, command = command_before, beginning = beginning_before,
    weight = coalesce((select sum(e.size) from ${schema}.ticket_event e where e.ticket_id = t.id), 0),
    public_weight = coalesce((select sum(e.size) from ${schema}.ticket_event e
                              where e.ticket_id = t.id and e.public_seq is not null), 0);

  perform set_config('counterfoil.command', '', true);
end
$weight$;

alter table ${schema}.ticket
  alter column opening set not null,
  drop column opening_before,
  drop column command_before,
  drop column beginning_before;

insert into ${schema}.schema_history (version, name, checksum) values (6, 'weight', '${checksum}');
