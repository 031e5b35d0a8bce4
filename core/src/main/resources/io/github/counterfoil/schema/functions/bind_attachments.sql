-- Binds files to the message that comes next in a ticket that is locked, and answers what that says of them; null if one of them is not
-- there, is bound, or was uploaded by somebody else or for another ticket.
create or replace function ${schema}.bind_attachments(t ${schema}.ticket, e ${schema}.ticket_event, p_uploads jsonb) returns jsonb
language plpgsql
as $$
declare
  c_ids constant uuid[] := array(select u.id::uuid from jsonb_array_elements_text(p_uploads) with ordinality as u (id, n) order by u.n);
  v_said jsonb;
begin
  -- No others, whose owner may be erased meanwhile.
  perform from attachment a
  where a.id = any (c_ids) and a.ticket = t.id and a.uploader = e.created_by and a.role = e.role order by a.id for update;
  select jsonb_agg(
    jsonb_build_object('id', a.id, 'name', a.name, 'type', a.media_type, 'size', a.size, 'sha256', a.sha256)
    order by array_position(c_ids, a.id))
  into v_said
  from attachment a
  where a.id = any (c_ids) and a.ticket = t.id and a.uploader = e.created_by and a.role = e.role
    and a.seq is null and a.sha256 is not null and not a.gone;
  if jsonb_array_length(v_said) is distinct from cardinality(c_ids) then
    return null;
  end if;
  update attachment a set seq = t.last_seq + 1, name = null, media_type = null, size = null, sha256 = null where a.id = any (c_ids);
  return v_said;
end
$$;
revoke all on function ${schema}.bind_attachments(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;
