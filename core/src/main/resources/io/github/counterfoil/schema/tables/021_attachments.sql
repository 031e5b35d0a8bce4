-- Counterfoil 21: files of messages, whose bytes a store of the host's keeps, or the database.
-- Older releases of the library work on: nothing that they call is changed.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

-- The key is none of a ticket's, so that the column is not called ticket_id: neither partitioned nor distributed.
create table ${schema}.attachment (
  id         uuid        not null primary key,
  ticket     uuid        not null,
  seq        integer     check (seq > 0),
  uploader   uuid        not null,
  role       text        not null check (role in ('agent', 'customer')),
  name       text,
  media_type text,
  size       bigint      check (size >= 0),
  sha256     text,
  created_at timestamptz not null,
  completed  boolean     not null default false,
  gone       boolean     not null default false,
  tried_at   timestamptz
);
create index attachment_ticket_idx on ${schema}.attachment (ticket, seq);
create index attachment_unbound_idx on ${schema}.attachment (created_at) where seq is null and not gone;
create index attachment_uploader_idx on ${schema}.attachment (uploader) where seq is null and not gone;
create index attachment_gone_idx on ${schema}.attachment (tried_at nulls first) where gone;
comment on table ${schema}.attachment is 'files that a store keeps under their ids, until the store has deleted them';
comment on column ${schema}.attachment.seq is 'the message that names it; null while none does';
comment on column ${schema}.attachment.name is 'null as soon as a message names it, with media_type, size and sha256: its attachments hold them';
comment on column ${schema}.attachment.completed is 'whether the store has all of its bytes: until then, its upload may go on';
comment on column ${schema}.attachment.gone is 'whether nobody can open it any more, and the store is to delete it';
comment on column ${schema}.attachment.tried_at is 'when the store was last asked to delete it';

-- Written once, read once in a while, and mostly compressed already.
create table ${schema}.attachment_piece (
  attachment_id uuid    not null references ${schema}.attachment (id) on delete cascade,
  place         integer not null check (place >= 0),
  bytes         bytea   not null check (octet_length(bytes) <= 262144),
  primary key (attachment_id, place)
);
alter table ${schema}.attachment_piece alter column bytes set storage external;
comment on table ${schema}.attachment_piece is 'the bytes of files that the database keeps, in pieces of 256 KiB; the last of a file is shorter, or empty';
comment on column ${schema}.attachment_piece.place is 'from 0, without gaps';

insert into ${schema}.schema_history (version, name, checksum) values (21, 'attachments', '${checksum}');
