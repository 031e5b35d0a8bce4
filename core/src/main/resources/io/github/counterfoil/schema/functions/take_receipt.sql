-- Takes the receipt of a call that leaves no event, unless it was taken before: then the call is sent again. A receipt lives for
-- 30 days, or until the person whom the call was about is erased; some of those that are older go with each new one. Who comes
-- at the same moment with the same call waits here for what becomes of the first.
create or replace function ${schema}.take_receipt(
  p_id uuid, p_digest uuid, p_person_id uuid, out taken boolean, out refusal text)
language plpgsql
as $$
begin
  delete from receipt where id in (
    select r.id from receipt r where r.created_at < clock_timestamp() - interval '30 days'
    order by r.created_at limit 10 for update skip locked);
  insert into receipt (id, digest, person_id) values (p_id, p_digest, p_person_id) on conflict (id) do nothing;
  taken := found;
  if not taken then
    select 'command_id.reused' into refusal from receipt r where r.id = p_id and r.digest <> p_digest;
  end if;
end
$$;
revoke all on function ${schema}.take_receipt(uuid, uuid, uuid) from public;
