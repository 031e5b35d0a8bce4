-- Frees every ticket that the worker is assigned to and that is not closed, for the staff or as its customer sees it, each with its
-- event, and gives their ids back. What is past stays.
create or replace function ${schema}.deactivate_worker(
  p_id uuid, p_admin_id uuid, p_command uuid, p_now timestamptz, out refusal text, out freed jsonb)
language plpgsql
as $$
declare
  c_unassign constant jsonb := jsonb_build_array(
    jsonb_build_object('change', 'unassign', 'args', jsonb_build_object('worker', p_id, 'leaving', true)));
  v_locked  uuid[];
  v_tickets uuid[];
  v_ticket  uuid;
  v_outcome text;
  v_refusal text;
begin
  -- Tickets are locked before people, and each by id, as everywhere. Who holds a person must not wait for a ticket: where
  -- one was assigned meanwhile, all locks are given back and taken again.
  loop
    begin
      v_locked := '{}';
      foreach v_ticket in array tickets_of_worker(p_id) loop
        perform from ticket t where t.id = v_ticket and (t.status <> 'closed' or t.shown ->> 'status' <> 'closed') for update;
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
      v_tickets := tickets_of_worker(p_id);
      if exists (select 1 from ticket t where t.id = any (v_tickets) and t.id <> all (v_locked)
                   and (t.status <> 'closed' or t.shown ->> 'status' <> 'closed')) then
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
    foreach v_ticket in array v_locked loop
      select a.outcome, a.refusal into v_outcome, v_refusal
      from apply_command(v_ticket, p_admin_id, 'agent', gen_random_uuid(), p_command, null, p_now, c_unassign, null, null) a;
      if v_refusal is not null then
        raise exception 'counterfoil: a ticket was not freed: %', v_refusal;
      end if;
      if v_outcome = 'applied' then
        freed := freed || to_jsonb(v_ticket);
      end if;
    end loop;
    update worker w set active = false where w.id = p_id;
  end if;
end
$$;
revoke all on function ${schema}.deactivate_worker(uuid, uuid, uuid, timestamptz) from public;
