-- Counterfoil 23: what a list or a view looks up for each row that it shows is two blocks away, however many tickets there are.
-- Older releases of the library work on: nothing that they see is changed.

select pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));

-- All or none, since whoever writes a person and then a ticket holds them in another order than somebody else. Who reads goes on.
do $lock$
declare
  c_timeout constant text := current_setting('lock_timeout');
  c_begun   constant timestamptz := clock_timestamp();
begin
  loop
    begin
      perform set_config('lock_timeout', '200ms', true);
      lock table ${schema}.ticket, ${schema}.ticket_event, ${schema}.ticket_assignment, ${schema}.ticket_feedback, ${schema}.customer,
        ${schema}.worker in share mode;
      exit;
    exception when lock_not_available or deadlock_detected then
      if c_timeout <> '0' and clock_timestamp() > c_begun + c_timeout::interval then
        raise;
      end if;
      perform pg_sleep(0.05 + 0.2 * random());
    end;
  end loop;
  perform set_config('lock_timeout', c_timeout, true);
end
$lock$;

-- A hash index finds a row by one block, where the tree of the key has three or four on the way, and more the more rows there are.
-- None of these columns changes, so that updates stay heap-only.
create index ticket_id_idx on ${schema}.ticket using hash (id);
create index customer_id_idx on ${schema}.customer using hash (id);
create index worker_id_idx on ${schema}.worker using hash (id);
create index ticket_assignment_ticket_idx on ${schema}.ticket_assignment using hash (ticket_id);
create index ticket_feedback_ticket_idx on ${schema}.ticket_feedback using hash (ticket_id);
-- The notes of a ticket without a look at the rest of its history; most tickets have none.
create index ticket_event_note_idx on ${schema}.ticket_event using hash (ticket_id) where type = 'note-added';

-- A customer's open tickets, for the staff. Most tickets are closed, and a closing writes no entry.
create index ticket_customer_unclosed_idx on ${schema}.ticket (customer_id, status, created_at desc, id desc) where status <> 'closed';

insert into ${schema}.schema_history (version, name, checksum) values (23, 'looked_up', '${checksum}');
