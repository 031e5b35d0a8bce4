-- Takes tickets out that are locked: all rows that are theirs, and what an adoption kept aside of them. That they were stays.
create or replace function ${schema}.purge_tickets(p_ids uuid[], p_admin_id uuid, p_command uuid, p_now timestamptz) returns void
language plpgsql
as $$
begin
  insert into ticket_purge (id, created_at, created_by, command, position)
  select t.id, coalesce(p_now, clock_timestamp()), p_admin_id, p_command, event_position(t.id, t.last_seq)
  from ticket t where t.id = any (p_ids) order by t.id;
  perform forget_kept_aside(p_ids);
  perform set_guard('command', 'on');
  perform set_guard('purge', 'on');
  delete from ticket_search s where s.ticket_id = any (p_ids);
  delete from ticket_fact f where f.ticket_id = any (p_ids);
  delete from ticket_feedback f where f.ticket_id = any (p_ids);
  delete from ticket_resolution r where r.ticket_id = any (p_ids);
  delete from ticket_participant p where p.ticket_id = any (p_ids);
  delete from ticket_follower f where f.ticket_id = any (p_ids);
  -- Erasing who has seen them locks in the same order.
  perform from ticket_read r where r.ticket_id = any (p_ids) order by r.ticket_id, r.viewer_id, r.role for update;
  delete from ticket_read r where r.ticket_id = any (p_ids);
  delete from ticket_reference f where f.ticket = any (p_ids);
  -- Sweeping and erasing lock in the same order.
  perform give_up_attachments(array(
    select a.id from attachment a where a.ticket = any (p_ids) and not a.gone order by a.id for update));
  delete from ticket_assignment a where a.ticket_id = any (p_ids);
  delete from ticket_tag g where g.ticket_id = any (p_ids);
  delete from ticket_activity a where a.ticket_id = any (p_ids);
  delete from ticket_event e where e.ticket_id = any (p_ids);
  delete from ticket t where t.id = any (p_ids);
  perform set_guard('purge', '');
  perform set_guard('command', '');
end
$$;
revoke all on function ${schema}.purge_tickets(uuid[], uuid, uuid, timestamptz) from public;
