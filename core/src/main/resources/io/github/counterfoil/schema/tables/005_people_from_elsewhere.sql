-- Counterfoil 5: people of whom no more is known than that tickets from elsewhere name them, and people who were erased.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

alter table ${schema}.customer
  add column placeholder boolean not null default false,
  add column erased      boolean not null default false;
alter table ${schema}.worker
  add column placeholder boolean not null default false,
  add column erased      boolean not null default false;

update ${schema}.customer set erased = true where email = id || '@erased.invalid';
update ${schema}.worker set erased = true where email = id || '@erased.invalid';

-- Every person is a user of the host's, but for placeholders: whom the host had removed before their tickets came.
alter table ${schema}.customer
  drop constraint customer_id_fkey,
  add column user_id uuid generated always as (case when placeholder then null else id end) stored
    constraint customer_id_fkey references ${users} (${users_id});
alter table ${schema}.worker
  drop constraint worker_id_fkey,
  add column user_id uuid generated always as (case when placeholder then null else id end) stored
    constraint worker_id_fkey references ${users} (${users_id});

comment on column ${schema}.customer.placeholder is 'an import made this person up, because tickets named them';
comment on column ${schema}.worker.placeholder is 'an import made this person up, because tickets named them';
comment on column ${schema}.customer.erased is 'new events under this person have the names that stand here';
comment on column ${schema}.worker.erased is 'new events under this person have the names that stand here';

insert into ${schema}.schema_history (version, name, checksum) values (5, 'people_from_elsewhere', '${checksum}');
