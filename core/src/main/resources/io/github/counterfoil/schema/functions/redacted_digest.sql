-- What stands in the place of a command's digest where it was redacted: no digest of anything, so that nothing can be guessed from it.
create or replace function ${schema}.redacted_digest() returns uuid
language sql immutable
as $$
  select '00000000-0000-0000-0000-000000000000'::uuid
$$;
revoke all on function ${schema}.redacted_digest() from public;
