-- The first step of erasing a person: names, addresses and languages go from their rows, and with them the receipts of calls about
-- them, whose digests could be guessed. A worker must have been deactivated first. There is one erasing of a person at a time: who
-- begins another goes on with the one under way, which alone knows the names.
create or replace function ${schema}.begin_erasing(p_id uuid, p_admin_id uuid, p_receipt uuid) returns text
language plpgsql
as $$
declare
  c_worker   constant record := stand_in('agent');
  c_customer constant record := stand_in('customer');
  v_people   jsonb;
  v_found    boolean;
begin
  -- Who writes under the person's name now is waited for; who comes later writes the new one.
  perform pg_advisory_xact_lock(author_lock(p_id));
  if not hold_admin(p_admin_id, p_id) then
    return 'actor.not_admin';
  end if;
  -- Before workers are looked at: who is being registered as one holds the customer.
  perform from customer c where c.id = p_id for no key update;
  if exists (select from worker w where w.id = p_id and w.system) then
    return 'person.not_found';
  elsif exists (select from worker w where w.id = p_id and w.active) then
    return 'worker.active';
  end if;
  -- What is looked for later.
  select jsonb_agg(x.one) into v_people from (
    select jsonb_build_object('email', w.email, 'first', w.first_name, 'last', w.last_name) as one
    from worker w where w.id = p_id and not w.erased
    union
    select jsonb_build_object('email', c.email, 'first', c.first_name, 'last', c.last_name)
    from customer c where c.id = p_id and not c.erased) as x;
  update worker w set first_name = c_worker.first_name, last_name = c_worker.last_name, email = c_worker.email,
                      skills = '{}', languages = '{}', timezone = 'UTC', metrics = '{}', erased = true
  where w.id = p_id;
  v_found := found;
  update customer c set first_name = c_customer.first_name, last_name = c_customer.last_name, email = c_customer.email,
                        preferred_language = null, erased = true
  where c.id = p_id;
  if not found and not v_found then
    return 'person.not_found';
  end if;
  -- What they uploaded and no message names.
  perform set_guard('command', 'on');
  perform give_up_attachments(array(
    select a.id from attachment a where a.uploader = p_id and a.seq is null and not a.gone order by a.id for update));
  perform set_guard('command', '');
  -- Reports of erasing and deactivating tell ids alone.
  delete from receipt r where r.person_id = p_id and r.id <> p_receipt and r.answer is null;
  update receipt r set answer = coalesce(
    (select jsonb_build_object('with', o.id) from receipt o where o.person_id = p_id and o.answer ? 'people'),
    jsonb_build_object('step', 'names', 'people', coalesce(v_people, '[]'), 'events', 0, 'texts', 0, 'tickets', jsonb_build_array()))
  where r.id = p_receipt;
  return null;
end
$$;
revoke all on function ${schema}.begin_erasing(uuid, uuid, uuid) from public;
