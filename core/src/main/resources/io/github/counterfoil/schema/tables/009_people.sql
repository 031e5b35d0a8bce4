-- Counterfoil 9: customers who may be blocked, people whose accounts the host deletes, people found by name,
-- and actors that are no people.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.customer
  add column blocked  boolean not null default false,
  add column detached boolean not null default false,
  drop column user_id;
alter table ${schema}.worker
  add column detached boolean not null default false,
  add column system   boolean not null default false,
  drop column user_id;

-- Every person is a user of the host's, but for placeholders, for whom the host may delete, and for what is no person.
alter table ${schema}.customer
  add column user_id uuid generated always as (case when placeholder or erased or detached then null else id end) stored
    constraint customer_id_fkey references ${users} (${users_id});
alter table ${schema}.worker
  add column user_id uuid generated always as (case when placeholder or erased or detached or system then null else id end) stored
    constraint worker_id_fkey references ${users} (${users_id});
-- Whoever deletes a user looks here for what refers to them.
create index customer_user_idx on ${schema}.customer (user_id);
create index worker_user_idx on ${schema}.worker (user_id);

-- As directories are sorted and searched. "C" folds the letters of ASCII, as with e-mails; what came from elsewhere may be longer than
-- an index holds.
alter table ${schema}.customer
  add column name_key text collate "C" not null generated always as (
    left(lower((first_name || case when first_name = '' or last_name = '' then '' else ' ' end || last_name) collate "C"), 201)) stored;
alter table ${schema}.worker
  add column name_key text collate "C" not null generated always as (
    left(lower((first_name || case when first_name = '' or last_name = '' then '' else ' ' end || last_name) collate "C"), 201)) stored;
create index customer_name_idx on ${schema}.customer (name_key, id);
create index worker_name_idx on ${schema}.worker (name_key, id);

-- Who opened a ticket is a person, whose own row refers to the user for as long as there has to be one.
alter table ${schema}.ticket drop constraint ticket_created_by_fkey;

comment on column ${schema}.customer.blocked is 'an administrator took their right to write; who was erased has none either way';
comment on column ${schema}.customer.name_key is 'the name as it is sorted and searched';
comment on column ${schema}.worker.name_key is 'the name as it is sorted and searched';
comment on column ${schema}.customer.detached is 'the host may delete the user';
comment on column ${schema}.worker.system is 'an actor of the host''s that is no person: it acts as an agent, and is no worker otherwise';
comment on column ${schema}.worker.detached is 'the host may delete the user';

insert into ${schema}.schema_history (version, name, checksum) values (9, 'people', '${checksum}');
