-- Keeps a person from being erased or blocked until the transaction ends. At the stricter levels of isolation a snapshot from before
-- would still show the old name, or no block: there locking the person's row finds that out.
create or replace function ${schema}.hold_author(p_role text, p_id uuid) returns boolean
language plpgsql
as $$
declare
  v_done constant text := pg_advisory_xact_lock_shared(author_lock(p_id))::text;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    if p_role = 'agent' then
      perform from worker w where w.id = p_id for share;
    else
      perform from customer c where c.id = p_id for share;
    end if;
  end if;
  return true;
end
$$;
revoke all on function ${schema}.hold_author(text, uuid) from public;
