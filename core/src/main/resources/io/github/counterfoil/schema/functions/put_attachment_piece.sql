-- Stores a piece of a file that is not complete yet, in place of what was there. The last piece, which is the only one of less than 256 KiB,
-- takes away what lies behind it. False where the file was given up.
create or replace function ${schema}.put_attachment_piece(
  p_id uuid, p_place integer, p_bytes bytea, p_patience integer, p_durable boolean)
returns table (stored boolean)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  perform set_guard('command', 'on');
  -- Held, so that it is not forgotten meanwhile: what it leaves when it is takes its pieces with it.
  perform from attachment a where a.id = p_id and a.seq is null and a.sha256 is null and not a.gone for key share;
  stored := found;
  if stored then
    insert into attachment_piece (attachment_id, place, bytes) values (p_id, p_place, p_bytes)
    on conflict (attachment_id, place) do update set bytes = excluded.bytes;
    if octet_length(p_bytes) < 262144 then
      delete from attachment_piece p where p.attachment_id = p_id and p.place > p_place;
    end if;
  end if;
  perform set_guard('command', '');
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.put_attachment_piece(uuid, integer, bytea, integer, boolean) from public;
