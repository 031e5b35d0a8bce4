-- Files that no desk opens from now on, and of which nothing is told: the store is to delete them. Their rows are locked by the caller,
-- who has set the guard.
create or replace function ${schema}.give_up_attachments(p_ids uuid[]) returns void
language plpgsql
as $$
begin
  update attachment a set gone = true, name = null, media_type = null, size = null, sha256 = null where a.id = any (p_ids);
end
$$;
revoke all on function ${schema}.give_up_attachments(uuid[]) from public;
