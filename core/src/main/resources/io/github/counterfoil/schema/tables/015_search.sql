-- Counterfoil 15: text search. What texts are found by, one row a text, where the host switches it on.
-- Older releases of the library work on: there are none.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- First what every command begins with, so that nobody holds another table and waits for this one.
do $lock$ begin lock table ${schema}.ticket in access exclusive mode; end $lock$;

create table ${schema}.ticket_search (
  ticket_id uuid     not null references ${schema}.ticket,
  seq       integer  not null,
  private   boolean  not null,
  words     tsvector not null,
  primary key (ticket_id, private, seq)
);
-- Merged in bulk: an entry for each word at once would cost four times the log. Public texts have an index of their own.
create index ticket_search_public_idx on ${schema}.ticket_search using gin (words)
  with (fastupdate = on, gin_pending_list_limit = 2048) where not private;
create index ticket_search_private_idx on ${schema}.ticket_search using gin (words)
  with (fastupdate = on, gin_pending_list_limit = 2048) where private;
comment on table ${schema}.ticket_search is 'what the texts of tickets are found by, where search is switched on';
comment on column ${schema}.ticket_search.seq is 'of the event; 0 for what the ticket started with';
comment on column ${schema}.ticket_search.private is 'whether the text is the staff''s alone';
comment on column ${schema}.ticket_search.words is
  'made in Java; beside them keys that no word is: /m and /d with the ticket''s month and day, and of public texts /c with each customer who sees it';

-- What they take has changed.
drop function if exists ${schema}.open_ticket(uuid, uuid, text, uuid, uuid, uuid, timestamptz, text, text, text, jsonb, jsonb, text, integer, boolean);

insert into ${schema}.schema_history (version, name, checksum) values (15, 'search', '${checksum}');
