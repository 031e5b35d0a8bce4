-- The changes that follow a place, for who keeps it: change_keys, below p_before. A refusal is a row of its own. The first row is where
-- reading began, and no change.
create or replace function ${schema}.pull_changes(
  p_from text, p_at timestamptz, p_position bigint, p_ticket uuid, p_seq integer, p_most integer, p_before bigint)
returns table (refusal text, "position" bigint, ticket_id uuid, seq integer)
language plpgsql stable security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  v_place record;
begin
  if changes_distributed() then
    return query select 'changes.distributed', null::bigint, null::uuid, null::integer;
    return;
  end if;
  v_place := start_place(p_from, p_at, p_position, p_ticket, p_seq, p_before);
  return query select null::text, v_place.position, v_place.after_ticket, v_place.after_seq;
  return query
    select null::text, k.position, k.ticket_id, k.seq
    from change_keys(
      v_place.position, array_fill(v_place.position, array[64]), array_fill(v_place.after_ticket, array[64]),
      array_fill(v_place.after_seq, array[64]), p_before, p_most) k;
end
$$;
revoke all on function ${schema}.pull_changes(text, timestamptz, bigint, uuid, integer, integer, bigint) from public;
