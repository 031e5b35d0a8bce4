-- One call about one person: one statement for the caller, stored at most once under its receipt. Refusals come back as columns,
-- so that they never abort the caller's transaction, and leave no receipt: what was refused may be sent again when its reason
-- is gone. p_admin_id is null where the host itself acts. The changes, with their values in p_args:
--   register-customer | update-customer  {email, first_name, last_name, preferred_language}
--   register-worker | update-worker      {email, first_name, last_name, role, skills, languages, timezone, metrics}
--   register-system                      {name}
--   role  {role}      reactivate | block | unblock | detach  {}
create or replace function ${schema}.apply_to_person(
  p_receipt   uuid,
  p_digest    uuid,
  p_admin_id  uuid,
  p_person_id uuid,
  p_change    text,
  p_args      jsonb,
  p_patience  integer,
  p_durable   boolean
) returns table (refusal text, subject uuid)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  r record;
begin
  r := take_receipt(p_receipt, p_digest, p_person_id);
  refusal := r.refusal;
  if r.taken then
    case p_change
    when 'register-customer' then
      refusal := register_customer(p_person_id, p_args ->> 'email', p_args ->> 'first_name', p_args ->> 'last_name',
                                   p_args ->> 'preferred_language');
    when 'update-customer' then
      refusal := update_customer(p_person_id, p_args);
    when 'register-worker' then
      refusal := case when reads_zone(p_args ->> 'timezone') then
        register_worker(p_person_id, p_args ->> 'email', p_args ->> 'first_name', p_args ->> 'last_name',
                        p_args ->> 'role', text_array(p_args -> 'skills'), text_array(p_args -> 'languages'),
                        p_args ->> 'timezone', p_args -> 'metrics')
        else 'timezone.unknown' end;
    when 'update-worker' then
      refusal := case when reads_zone(p_args ->> 'timezone') then update_worker(p_person_id, p_args) else 'timezone.unknown' end;
    when 'register-system' then
      refusal := register_system(p_person_id, p_args ->> 'name');
    when 'role' then
      refusal := change_worker_role(p_person_id, p_admin_id, p_args ->> 'role');
    when 'reactivate' then
      refusal := reactivate_worker(p_person_id, p_admin_id);
    when 'block' then
      refusal := block_customer(p_person_id, p_admin_id, true);
    when 'unblock' then
      refusal := block_customer(p_person_id, p_admin_id, false);
    when 'detach' then
      refusal := detach_person(p_person_id);
    end case;
    if refusal is not null then
      delete from receipt where id = p_receipt;
    end if;
  end if;
  subject := case refusal when 'actor.not_admin' then p_admin_id else p_person_id end;
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.apply_to_person(uuid, uuid, uuid, uuid, text, jsonb, integer, boolean) from public;
