-- Deletes up to p_most pieces of a file that was given up, from its end; of any other none.
create or replace function ${schema}.delete_attachment_pieces(p_id uuid, p_most integer, p_patience integer, p_durable boolean)
returns table (deleted integer)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
begin
  perform set_guard('command', 'on');
  delete from attachment_piece p
  where p.attachment_id = p_id and exists (select from attachment a where a.id = p_id and a.gone)
    and p.place > (select max(l.place) from attachment_piece l where l.attachment_id = p_id) - p_most;
  get diagnostics deleted = row_count;
  perform set_guard('command', '');
  return next;
  perform set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.delete_attachment_pieces(uuid, integer, integer, boolean) from public;
