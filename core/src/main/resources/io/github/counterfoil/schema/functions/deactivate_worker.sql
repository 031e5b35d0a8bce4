-- Frees every ticket that the worker is assigned to and that is not closed, each with its event, and gives their ids back. What
-- is past stays.
create or replace function ${schema}.deactivate_worker(
  p_id uuid, p_admin_id uuid, p_command uuid, p_now timestamptz, out refusal text, out freed jsonb)
language plpgsql
as $$
declare
  c_unassign constant jsonb := jsonb_build_array(
    jsonb_build_object('change', 'unassign', 'args', jsonb_build_object('worker', p_id)));
  v_locked  uuid[];
  v_ticket  uuid;
  v_refusal text;
begin
  -- Tickets are locked before people, and each by id, as everywhere. Who holds a person must not wait for a ticket: where
  -- one was assigned meanwhile, all locks are given back and taken again.
  loop
    begin
      v_locked := '{}';
      for v_ticket in select a.ticket_id from ticket_assignment a where a.worker_id = p_id order by a.ticket_id loop
        perform from ticket t where t.id = v_ticket and t.status <> 'closed' for update;
        if found then
          v_locked := v_locked || v_ticket;
        end if;
      end loop;
      perform hold_admins();
      perform pg_advisory_xact_lock_shared(author_lock(p_admin_id));
      if not hold_admin(p_admin_id, p_id) then
        refusal := 'actor.not_admin';
        return;
      end if;
      if exists (select 1 from ticket_assignment a join ticket t on t.id = a.ticket_id
                 where a.worker_id = p_id and t.status <> 'closed' and t.id <> all (v_locked)) then
        raise exception using errcode = 'CF002';
      end if;
      exit;
    exception when sqlstate 'CF002' then
      null;
    end;
  end loop;

  freed := '[]';
  if not exists (select from worker w where w.id = p_id and not w.system) then
    refusal := 'worker.not_found';
  elsif is_last_admin(p_id) then
    refusal := 'admin.last';
  elsif exists (select from worker w where w.id = p_id and w.active) then
    -- Nobody can assign the worker any more; those who did before have committed. An administrator may free their own.
    for v_ticket in
      select a.ticket_id from ticket_assignment a where a.worker_id = p_id and a.ticket_id = any (v_locked) order by a.ticket_id
    loop
      select a.refusal into v_refusal
      from apply_command(v_ticket, p_admin_id, 'agent', gen_random_uuid(), p_command, null, p_now, c_unassign, null, null) a;
      if v_refusal is not null then
        raise exception 'counterfoil: a ticket was not freed: %', v_refusal;
      end if;
      freed := freed || to_jsonb(v_ticket);
    end loop;
    update worker w set active = false where w.id = p_id;
  end if;
end
$$;
revoke all on function ${schema}.deactivate_worker(uuid, uuid, uuid, timestamptz) from public;
