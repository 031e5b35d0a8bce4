-- Closing records a resolution for every worker assigned; it stays on record when the ticket is opened again. Who was deactivated
-- while it was closed is taken off it then: a ticket that waits for somebody's work is assigned to nobody who may not do it. The
-- workers are locked against being deactivated meanwhile.
-- Customers are told if the status changes for them, from what they saw, and p_public; else it changes for the staff alone. A closing
-- that they are told of later than the staff is the staff's.
create or replace function ${schema}.change_status(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_status text, p_public boolean)
language plpgsql
as $$
declare
  c_before   constant text := t.status;
  c_seen     constant text := coalesce(t.shown ->> 'status', t.status);
  c_seen_seq constant integer := case when t.shown ? 'status' then (t.shown ->> 'closed_seq')::integer else t.closed_seq end;
  c_shows    constant boolean := p_public and c_seen <> p_status;
  v_since    bigint := coalesce((t.shown ->> 'status_since')::bigint, micros(t.status_since));
  v_worker   uuid;
begin
  if c_before = p_status and not c_shows then
    return;
  end if;
  t := append_event(t, e, 'status-update', case when c_shows then 'public' else 'private' end,
                    jsonb_build_object('old_value', case when c_shows then c_seen else c_before end, 'new_value', p_status));
  if c_before <> p_status then
    t.status := p_status;
    t.closed_seq := case p_status when 'closed' then t.last_seq end;
    t.status_since := t.updated_at;
    if 'closed' in (p_status, c_before) then
      perform add_fact(t, case p_status when 'closed' then 'closed' else 'reopened' end, null);
    end if;
    update ticket_assignment a set status = p_status where a.ticket_id = t.id and a.status <> p_status;
    if t.tags <> '{}' then
      update ticket_tag g set status = p_status where g.ticket_id = t.id;
    end if;
    if p_status = 'closed' then
      t.snoozed_until := null;
      insert into ticket_resolution (ticket_id, closed_seq, worker_id, title, assigned_at, resolved_at)
      select t.id, t.closed_seq, a.worker_id, t.title, a.assigned_at, t.updated_at
      from ticket_assignment a where a.ticket_id = t.id;
    end if;
  end if;
  if not c_shows and (c_seen, c_seen_seq) is distinct from (t.status, t.closed_seq) then
    t.shown := coalesce(t.shown, '{}')
      || jsonb_strip_nulls(jsonb_build_object('status', c_seen, 'closed_seq', c_seen_seq));
  elsif t.shown is not null then
    t.shown := nullif(t.shown - 'status' - 'closed_seq', '{}');
  end if;
  if c_shows then
    v_since := micros(t.public_updated_at);
  end if;
  if v_since <> micros(t.status_since) then
    t.shown := coalesce(t.shown, '{}') || jsonb_build_object('status_since', v_since);
  else
    t.shown := nullif(t.shown - 'status_since', '{}');
  end if;
  if p_status <> 'closed' and (c_before = 'closed' or c_shows and c_seen = 'closed') then
    foreach v_worker in array array(
      select a.worker_id from ticket_assignment a where a.ticket_id = t.id
      union select x.worker_id from unnest(t.shown_assigned_to) as x (worker_id) where c_shows order by worker_id)
    loop
      perform from worker w where w.id = v_worker and w.active for share;
      if not found then
        t := remove_assignment(t, e, jsonb_build_object('worker', v_worker), c_shows and c_seen = 'closed');
      end if;
    end loop;
  end if;
end
$$;
revoke all on function ${schema}.change_status(${schema}.ticket, ${schema}.ticket_event, text, boolean) from public;
