-- Counterfoil 11: who else has to do with a ticket: customers who take part in another's, and agents who follow one.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

create table ${schema}.ticket_participant (
  ticket_id         uuid        not null references ${schema}.ticket,
  customer_id       uuid        not null references ${schema}.customer,
  kind              text        not null,
  ticket_created_at timestamptz not null,
  primary key (ticket_id, customer_id)
);
-- A customer's list is read from here and from their own tickets, in one order.
create index ticket_participant_customer_idx on ${schema}.ticket_participant (customer_id, ticket_created_at, ticket_id);
comment on table ${schema}.ticket_participant is 'customers who take part in a ticket that is not theirs';
comment on column ${schema}.ticket_participant.kind is 'copy: reads and replies; requester: may do what the ticket''s own customer may';
comment on column ${schema}.ticket_participant.ticket_created_at is 'the ticket''s';

create table ${schema}.ticket_follower (
  ticket_id         uuid        not null references ${schema}.ticket,
  worker_id         uuid        not null references ${schema}.worker,
  ticket_created_at timestamptz not null,
  primary key (ticket_id, worker_id)
);
create index ticket_follower_worker_idx on ${schema}.ticket_follower (worker_id, ticket_created_at, ticket_id);
comment on table ${schema}.ticket_follower is 'agents who follow a ticket; no event tells of it';
comment on column ${schema}.ticket_follower.ticket_created_at is 'the ticket''s';

insert into ${schema}.schema_history (version, name, checksum) values (11, 'people_on_tickets', '${checksum}');
