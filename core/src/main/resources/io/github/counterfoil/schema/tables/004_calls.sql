-- Counterfoil 4: calls that end in time, and calls that leave no event and can be sent again.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- What they answer or take has changed.
drop function if exists ${schema}.apply_command(uuid, uuid, text, uuid, uuid, integer, timestamptz, jsonb);
drop function if exists ${schema}.apply_to_each(uuid, text, jsonb, timestamptz, jsonb, interval);
drop function if exists ${schema}.open_ticket(uuid, uuid, text, uuid, uuid, uuid, timestamptz, text, text, text, text[], jsonb, text);

drop function if exists ${schema}.deactivate_worker(uuid, uuid, uuid, timestamptz);
drop function if exists ${schema}.reactivate_worker(uuid, uuid);
drop function if exists ${schema}.change_worker_role(uuid, uuid, text);
drop function if exists ${schema}.erase_person(uuid, uuid);
drop function if exists ${schema}.register_customer(uuid, text, text, text, text);
drop function if exists ${schema}.register_worker(uuid, text, text, text, text, text[], text[], text, jsonb);
drop function if exists ${schema}.update_customer(uuid, text, text, text, text);
drop function if exists ${schema}.update_worker(uuid, text, text, text, text[], text[], text, jsonb);
drop function if exists ${schema}.import_tickets(jsonb);
drop function if exists ${schema}.import_customer(uuid, text, text, text, text, text[]);
drop function if exists ${schema}.import_worker(uuid, text, text, text, text, text[], text[], text, jsonb, timestamptz);
drop function if exists ${schema}.keep_adoption_problem(text, uuid, jsonb, text[]);
drop function if exists ${schema}.forget_adoption_problems(text, uuid[]);

create table ${schema}.receipt (
  id         uuid        primary key,
  digest     uuid        not null,
  person_id  uuid        not null,
  answer     jsonb,
  created_at timestamptz not null default clock_timestamp()
);
create index receipt_person_idx on ${schema}.receipt (person_id);
create index receipt_created_at_idx on ${schema}.receipt (created_at);
comment on table ${schema}.receipt is 'calls that leave no event, so that one that is sent again is known: for 30 days';
comment on column ${schema}.receipt.digest is 'digest of who acts, the command id and the content';
comment on column ${schema}.receipt.person_id is 'whom the call was about: the receipt goes when they are erased';

insert into ${schema}.schema_history (version, name, checksum) values (4, 'calls', '${checksum}');
