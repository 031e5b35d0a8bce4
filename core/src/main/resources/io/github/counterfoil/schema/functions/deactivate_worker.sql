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

  -- Tickets are locked before people, and each by id, as everywhere. Who holds a person must not wait for a ticket: where
  -- one was assigned meanwhile, all locks are given back and taken again.
  loop
    begin
      v_done := false;
      v_locked := array(
        select t.id from ticket t
        where t.id in (select a.ticket_id from ticket_assignment a where a.worker_id = p_id) and t.status <> 'closed'
        order by t.id for update);
      perform pg_advisory_xact_lock_shared(author_lock(p_admin_id));
      -- The administrator, who may be deactivated by another meanwhile, is shared: assignments share workers in any order.
      if p_admin_id < p_id then
        perform from worker w where w.id = p_admin_id for share;
      end if;
      perform from worker w where w.id = p_id for no key update;
      if p_admin_id > p_id then
        perform from worker w where w.id = p_admin_id for share;
      end if;
      if not exists (select from worker w where w.id = p_admin_id and w.active and w.role = 'admin') then
        refusal := 'actor.not_admin';
      end if;
      if refusal is null then
        update worker w set active = false where w.id = p_id and w.active;
        v_done := found;
      end if;
      if exists (select from ticket_assignment a join ticket t on t.id = a.ticket_id
                 where v_done and a.worker_id = p_id and t.status <> 'closed' and t.id <> all (v_locked)) then
        raise exception using errcode = 'CF002';
      end if;
      exit;
    exception when sqlstate 'CF002' then
      null;
    end;
  end loop;
  if refusal is null and not exists (select from worker w where w.id = p_id) then
    refusal := 'worker.not_found';
  end if;
  if refusal is not null then
    return next;
    return;
  elsif not v_done then
    return;
  end if;

  -- From here on nobody can assign the worker any more; those who did before have committed.
  for ticket_id in
    select a.ticket_id from ticket_assignment a where a.worker_id = p_id and a.ticket_id = any (v_locked) order by a.ticket_id
  loop
    perform apply_command(ticket_id, p_admin_id, 'agent', gen_random_uuid(), p_command, null, p_now,
                          jsonb_build_array(jsonb_build_object('change', 'unassign', 'args', jsonb_build_object('worker', p_id))),
                          null, null);
    return next;
  end loop;
end
$$;
revoke all on function ${schema}.deactivate_worker(uuid, uuid, uuid, timestamptz) from public;
