-- Counterfoil 2: what the schema's evolution needs, and lists without holes.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));
-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.schema_history add column breaking boolean not null default false;
comment on column ${schema}.schema_history.breaking is 'whether releases that do not know this version must stop';

-- Before the first release, functions and views were numbered files too.
update ${schema}.schema_history set checksum = null
where version = 1 and exists (select from ${schema}.schema_history where version = 2 and name = 'commands');
delete from ${schema}.schema_history
where (version, name) in ((2, 'commands'), (3, 'views'), (4, 'people'), (5, 'imports'));

create table ${schema}.schema_code (
  only_row   boolean     primary key default true check (only_row),
  revision   integer     not null,
  checksum   text        not null,
  applied_at timestamptz not null default clock_timestamp()
);
comment on table ${schema}.schema_code is 'which release''s functions, triggers and views these are';

-- A ticket opened without a channel left a null, and with it a customer whom nobody could read.
update ${schema}.customer set communication_channels = array_remove(communication_channels, null)
where array_position(communication_channels, null) is not null;
alter table ${schema}.customer
  add constraint customer_communication_channels_check check (array_position(communication_channels, null) is null);
alter table ${schema}.worker
  add constraint worker_skills_check check (array_position(skills, null) is null),
  add constraint worker_languages_check check (array_position(languages, null) is null);
alter table ${schema}.ticket
  add constraint ticket_tags_check check (array_position(tags, null) is null);

insert into ${schema}.schema_history (version, name, checksum) values (2, 'evolution', '${checksum}');
