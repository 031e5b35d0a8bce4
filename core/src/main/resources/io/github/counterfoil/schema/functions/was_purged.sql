-- Whether a ticket of this id was purged: asked by who has stored one, so that no purge can come between. At the stricter levels
-- of isolation a snapshot from before the purge does not show it: there what would collide with its record finds that out.
create or replace function ${schema}.was_purged(p_id uuid) returns boolean
language plpgsql
as $$
begin
  if current_setting('transaction_isolation') = 'read committed' then
    return exists (select from ticket_purge p where p.id = p_id);
  end if;
  insert into ticket_purge (id, created_at, created_by, position) values (p_id, clock_timestamp(), p_id, 0) on conflict (id) do nothing;
  if found then
    delete from ticket_purge p where p.id = p_id;
    return false;
  end if;
  return true;
end
$$;
revoke all on function ${schema}.was_purged(uuid) from public;
