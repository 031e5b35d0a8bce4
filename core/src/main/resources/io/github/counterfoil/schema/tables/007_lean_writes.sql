-- Counterfoil 7: what the functions see to when they write is not checked again for each row, and verification looks at it all.
-- PostgreSQL reads the text of each constraint anew for every statement: that was a fifth of what a reply cost the server.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.ticket
  drop constraint ticket_status_check,
  drop constraint ticket_priority_check,
  drop constraint ticket_check,
  drop constraint ticket_tags_check,
  drop constraint ticket_beginning_check;

alter table ${schema}.ticket_event
  drop constraint ticket_event_seq_check,
  drop constraint ticket_event_role_check,
  drop constraint ticket_event_visibility_check,
  drop constraint ticket_event_body_check,
  drop constraint ticket_event_check,
  drop constraint ticket_event_check1,
  drop constraint ticket_event_check2,
  drop constraint ticket_event_check3,
  alter column size drop expression;

-- A worker's queue is read from their assignments, in its order, and looks at no ticket that it does not show.
alter table ${schema}.ticket_assignment
  add column status            text,
  add column ticket_created_at timestamptz;
do $assignment$
begin
  perform set_config('counterfoil.command', 'on', true);
  update ${schema}.ticket_assignment a set status = t.status, ticket_created_at = t.created_at
  from ${schema}.ticket t where t.id = a.ticket_id;
  perform set_config('counterfoil.command', '', true);
end
$assignment$;
alter table ${schema}.ticket_assignment
  alter column status set not null,
  alter column ticket_created_at set not null;
comment on column ${schema}.ticket_assignment.status is 'the ticket''s';
comment on column ${schema}.ticket_assignment.ticket_created_at is 'the ticket''s';
create index ticket_assignment_queue_idx
  on ${schema}.ticket_assignment (worker_id, status, ticket_created_at, ticket_id);
drop index ${schema}.ticket_assignment_worker_idx;

-- What they take or answer has changed.
drop function if exists ${schema}.apply_to_each(uuid, text, jsonb, timestamptz, jsonb, interval, integer, boolean);
drop function if exists ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, jsonb, integer, boolean);
drop function if exists ${schema}.change_ticket_all(${schema}.ticket, ${schema}.ticket_event, jsonb);
drop function if exists ${schema}.open_ticket(uuid, uuid, text, uuid, uuid, uuid, timestamptz, text, text, text, text[], jsonb, text, integer, boolean);
drop function if exists ${schema}.import_ticket(jsonb, boolean);
drop function if exists ${schema}.claim_imported(jsonb);
drop function if exists ${schema}.hold_imported(jsonb);
drop function if exists ${schema}.imported_differently(jsonb, uuid);
drop function if exists ${schema}.add_assignment(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint);
drop function if exists ${schema}.hold_author(text, uuid);
drop function if exists ${schema}.store_ticket(${schema}.ticket);

insert into ${schema}.schema_history (version, name, checksum) values (7, 'lean_writes', '${checksum}');
