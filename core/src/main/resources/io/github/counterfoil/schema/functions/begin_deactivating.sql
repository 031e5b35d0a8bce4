-- The first step of deactivating a worker: from here on they may do nothing, and nobody can assign them. Who is assigning them is waited
-- for. If p_whole, all steps are one transaction: tickets are locked before people, and each by id, as everywhere. Who holds a person must
-- not wait for a ticket: where one was assigned meanwhile, all locks are given back and taken again.
create or replace function ${schema}.begin_deactivating(p_id uuid, p_admin_id uuid, p_whole boolean) returns text
language plpgsql
as $$
declare
  c_before constant uuid := '00000000-0000-0000-0000-000000000000';
  v_locked uuid[];
  v_ticket uuid;
begin
  loop
    begin
      v_locked := case when p_whole then unclosed_of_worker(p_id, c_before, null) else '{}' end;
      foreach v_ticket in array v_locked loop
        perform from ticket t where t.id = v_ticket for update;
      end loop;
      perform hold_admins();
      perform pg_advisory_xact_lock_shared(author_lock(p_admin_id));
      if not hold_admin(p_admin_id, p_id) then
        return 'actor.not_admin';
      end if;
      if p_whole and not unclosed_of_worker(p_id, c_before, null) <@ v_locked then
        raise exception using errcode = 'CF002';
      end if;
      exit;
    exception when sqlstate 'CF002' then
      null;
    end;
  end loop;
  if not exists (select from worker w where w.id = p_id and not w.system) then
    return 'worker.not_found';
  elsif is_last_admin(p_id) then
    return 'admin.last';
  end if;
  update worker w set active = false where w.id = p_id and w.active;
  return null;
end
$$;
revoke all on function ${schema}.begin_deactivating(uuid, uuid, boolean) from public;
