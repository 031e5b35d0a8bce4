-- What set_guard does on Citus. SET LOCAL, and called from a query: only so does Citus take a setting along to the server that has the
-- rows, where citus.propagate_set_commands is local.
create or replace function ${schema}.switch_guard(p_guard text, p_to text) returns void
language plpgsql
as $$
begin
  case p_guard || ' ' || p_to
  when 'command on' then set local counterfoil.command = 'on';
  when 'command ' then set local counterfoil.command = '';
  when 'erasure on' then set local counterfoil.erasure = 'on';
  when 'erasure ' then set local counterfoil.erasure = '';
  when 'purge on' then set local counterfoil.purge = 'on';
  when 'purge ' then set local counterfoil.purge = '';
  when 'redaction on' then set local counterfoil.redaction = 'on';
  when 'redaction ' then set local counterfoil.redaction = '';
  end case;
end
$$;
revoke all on function ${schema}.switch_guard(text, text) from public;
