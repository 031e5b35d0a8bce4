-- Takes a person's names, addresses and languages out of the database, the names under their events and the receipts of calls
-- about them included, but for the one of the erasing itself, and the rows that an adoption kept aside and that tell of them:
-- those are where they came from. Their id, their tickets and what they wrote stay. A worker must have been deactivated first.
create or replace function ${schema}.erase_person(p_id uuid, p_admin_id uuid, p_receipt uuid) returns text
language plpgsql
as $$
declare
  c_worker   constant record := stand_in('agent');
  c_customer constant record := stand_in('customer');
  v_mentions text[];
  v_found    boolean;
  v_done text;
begin
  -- Who writes under the person's name now is waited for; who comes later writes the new one.
  perform pg_advisory_xact_lock(author_lock(p_id));
  if not hold_admin(p_admin_id, p_id) then
    return 'actor.not_admin';
  end if;
  -- Before workers are looked at: who is being registered as one holds the customer.
  perform from customer c where c.id = p_id for no key update;
  if exists (select from worker w where w.id = p_id and w.active) then
    return 'worker.active';
  end if;
  -- As JSON holds them.
  v_mentions := array(
    select lower(trim(both '"' from to_jsonb(x.mention)::text)) from (
      select p_id::text union select w.email from worker w where w.id = p_id
      union select c.email from customer c where c.id = p_id) as x (mention));
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
  delete from receipt r where r.person_id = p_id and r.id <> p_receipt;
  delete from adoption_problem a
  where exists (
    -- Each document is read once, however often it is looked through: that is what the offset is for.
    select from (select lower(a.document::text) as document offset 0) d, unnest(v_mentions) m
    where m <> '' and position(m in d.document) > 0);
  v_done := set_guard('erasure', 'on');
  update ticket_event e set
    created_by_first_name = case e.role when 'agent' then c_worker.first_name else c_customer.first_name end,
    created_by_last_name = case e.role when 'agent' then c_worker.last_name else c_customer.last_name end
  where e.created_by = p_id;
  v_done := set_guard('erasure', '');
  return null;
end
$$;
revoke all on function ${schema}.erase_person(uuid, uuid, uuid) from public;
