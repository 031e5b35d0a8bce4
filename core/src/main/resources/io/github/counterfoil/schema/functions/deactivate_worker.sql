-- Deactivates a worker in steps, each one call and by itself short: the first takes their rights, and what follows frees the tickets that
-- they are assigned to and that are not closed, for the staff or as their customers see them, so many at once and in the order of their
-- ids, each with its event. What is past stays. The receipt keeps how far that came, and in the end which tickets were freed. Called
-- again, it goes on from there; so does another call for the same worker. Where p_at_once is null, all steps are one transaction, and all
-- tickets one step. Refusals come back as columns.
create or replace function ${schema}.deactivate_worker(
  p_receipt uuid, p_digest uuid, p_admin_id uuid, p_person_id uuid, p_now timestamptz, p_at_once integer, p_patience integer,
  p_durable boolean
) returns table (refusal text, subject uuid, answer jsonb, done boolean)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  r record;
begin
  r := take_receipt(p_receipt, p_digest, p_person_id);
  refusal := r.refusal;
  if r.taken then
    refusal := begin_deactivating(p_person_id, p_admin_id, p_at_once is null);
    if refusal is not null then
      delete from receipt x where x.id = p_receipt;
    else
      answer := jsonb_build_object('step', 'freeing', 'freed', jsonb_build_array());
      update receipt x set answer = deactivate_worker.answer where x.id = p_receipt;
    end if;
  elsif refusal is null then
    select x.answer into answer from receipt x where x.id = p_receipt for update;
    if answer ->> 'step' = 'freeing' then
      answer := free_tickets(p_person_id, p_admin_id, p_digest, p_now, answer, p_at_once);
      update receipt x set answer = deactivate_worker.answer where x.id = p_receipt;
    end if;
  end if;
  -- Null also where the receipt has become too old: this call begins again.
  done := coalesce(not answer ? 'step', false);
  subject := case refusal when 'actor.not_admin' then p_admin_id else p_person_id end;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.deactivate_worker(uuid, uuid, uuid, uuid, timestamptz, integer, integer, boolean) from public;
