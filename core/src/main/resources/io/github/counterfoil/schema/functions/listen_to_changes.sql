-- Lets this session hear of changes when they are committed, or not any more. It counts once the transaction is over.
create or replace function ${schema}.listen_to_changes(p_on boolean) returns boolean
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
begin
  execute format(case when p_on then 'listen %I' else 'unlisten %I' end, changes_channel());
  return p_on;
end
$$;
revoke all on function ${schema}.listen_to_changes(boolean) from public;
