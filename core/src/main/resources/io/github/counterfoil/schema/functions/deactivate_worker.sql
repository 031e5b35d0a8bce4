-- Frees every ticket that the worker is assigned to and that is not closed, each with its event. What is past stays.
create or replace function ${schema}.deactivate_worker(p_id uuid, p_admin_id uuid, p_command uuid, p_now timestamptz)
returns table (refusal text, ticket_id uuid)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  v_locked uuid[];
  v_done   boolean;
begin
  perform from worker w where w.id = p_admin_id and w.active and w.role = 'admin';
  if not found then
    refusal := 'actor.not_admin';
    return next;
    return;
  end if;

  -- Tickets are locked before workers, and by id, as everywhere. Who holds a worker must not wait for a ticket: where one
  -- was assigned meanwhile, all locks are given back and taken again.
  loop
    begin
      v_locked := array(
        select t.id from ticket t
        where t.id in (select a.ticket_id from ticket_assignment a where a.worker_id = p_id) and t.status <> 'closed'
        order by t.id for update);
      update worker w set active = false where w.id = p_id and w.active;
      v_done := found;
      if exists (select from ticket_assignment a join ticket t on t.id = a.ticket_id
                 where v_done and a.worker_id = p_id and t.status <> 'closed' and t.id <> all (v_locked)) then
        raise exception using errcode = 'CF002';
      end if;
      exit;
    exception when sqlstate 'CF002' then
      null;
    end;
  end loop;
  if not v_done then
    if not exists (select from worker w where w.id = p_id) then
      refusal := 'worker.not_found';
      return next;
    end if;
    return;
  end if;

  -- From here on nobody can assign the worker any more; those who did before have committed.
  for ticket_id in
    select a.ticket_id from ticket_assignment a join ticket t on t.id = a.ticket_id
    where a.worker_id = p_id and t.status <> 'closed' order by a.ticket_id
  loop
    perform apply_command(ticket_id, p_admin_id, 'agent', gen_random_uuid(), p_command, null, p_now,
                          jsonb_build_array(jsonb_build_object('change', 'unassign', 'args', jsonb_build_object('worker', p_id))),
                          null, null);
    return next;
  end loop;
end
$$;
revoke all on function ${schema}.deactivate_worker(uuid, uuid, uuid, timestamptz) from public;
