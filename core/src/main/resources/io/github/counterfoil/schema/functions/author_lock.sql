-- The advisory lock of a person's name. Whoever writes events under it holds it, shared, from after the ticket's lock until the
-- transaction ends: erasing or blocking the person, which takes it alone, waits for them, and who comes later reads what is new. It
-- writes nothing, where a share lock on the person's row would add a twentieth to what a reply logs. There are 1,024, so that
-- a transaction that acts for many holds few; what two people share by chance costs an eraser some waiting.
create or replace function ${schema}.author_lock(p_id uuid) returns bigint
language sql immutable
as $$
  select hashtextextended('counterfoil author', uuid_hash(p_id) & 1023)
$$;
revoke all on function ${schema}.author_lock(uuid) from public;
