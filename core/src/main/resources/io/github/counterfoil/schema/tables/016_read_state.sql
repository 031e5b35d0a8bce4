-- Counterfoil 16: what each person has seen of a ticket.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- No foreign key to the ticket: it would wait for who writes in it.
create table ${schema}.ticket_read (
  ticket_id uuid    not null,
  viewer_id uuid    not null,
  role      text    not null,
  seq       integer not null,
  primary key (ticket_id, viewer_id, role)
);
create index ticket_read_viewer_idx on ${schema}.ticket_read (viewer_id, ticket_id);
comment on table ${schema}.ticket_read is 'up to where people have seen tickets; no event tells of it, and nobody else is shown it';
comment on column ${schema}.ticket_read.role is 'customer or agent';
comment on column ${schema}.ticket_read.seq is 'of a customer the public_seq, of an agent the seq of the last event seen';

insert into ${schema}.schema_history (version, name, checksum) values (16, 'read_state', '${checksum}');
