-- Erases a person in steps, each one call and by itself short: the first takes their names out of their rows, so that nobody writes
-- under them any more, and what follows goes through what they left, so much at once. The receipt keeps how far that came, and with it
-- the names that are looked for; in the end it keeps the report alone. Called again, also by another who sends the same or erases the
-- same person, it goes on from there, and all get one report. Refusals come back as columns.
create or replace function ${schema}.erase_person(
  p_receipt uuid, p_digest uuid, p_admin_id uuid, p_person_id uuid, p_at_once integer, p_patience integer, p_durable boolean
) returns table (refusal text, subject uuid, answer jsonb, done boolean)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  r record;
  v_state uuid;
begin
  r := take_receipt(p_receipt, p_digest, p_person_id);
  refusal := r.refusal;
  if r.taken then
    refusal := begin_erasing(p_person_id, p_admin_id, p_receipt);
    if refusal is not null then
      delete from receipt x where x.id = p_receipt;
    end if;
  elsif refusal is null then
    -- Its own state, or that of the erasing that it came upon.
    v_state := (select coalesce((x.answer ->> 'with')::uuid, x.id) from receipt x where x.id = p_receipt);
    select x.answer into answer from receipt x where x.id = v_state for update;
    case answer ->> 'step'
    when 'names' then answer := erase_names(p_person_id, answer, p_at_once);
    when 'written' then answer := erase_written(p_person_id, answer, p_at_once);
    when 'others' then answer := erase_others(p_person_id, answer, p_at_once / 10);
    when 'marks' then answer := erase_marks(p_person_id, answer, p_at_once);
    when 'references' then answer := erase_references(p_person_id, answer, p_at_once);
    when 'kept' then answer := erase_kept(p_person_id, answer);
    else null;
    end case;
    update receipt x set answer = erase_person.answer where x.id = v_state;
    if answer is null then
      -- The state was older than receipts become: this call begins again.
      delete from receipt x where x.id = p_receipt;
    end if;
  end if;
  done := coalesce(not answer ? 'step', false);
  subject := case refusal when 'actor.not_admin' then p_admin_id else p_person_id end;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.erase_person(uuid, uuid, uuid, uuid, integer, integer, boolean) from public;
