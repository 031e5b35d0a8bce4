-- What adoptions that failed kept aside of tickets, also in rows of their people.
create or replace function ${schema}.forget_kept_aside(p_ids uuid[]) returns void
language plpgsql
as $$
begin
  perform pg_advisory_xact_lock(adoption_lock());
  delete from adoption_problem a
  where a.kind = 'tickets' and a.id = any (p_ids)
    or exists (select from unnest(p_ids) as x (id) where position(x.id::text in lower(a.document::text)) > 0);
end
$$;
revoke all on function ${schema}.forget_kept_aside(uuid[]) from public;
