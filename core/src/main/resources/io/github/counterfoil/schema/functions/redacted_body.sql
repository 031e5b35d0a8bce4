-- A body without these of its members: a word stands in their place, in the place of an attachment an object, and the member redacted
-- names them. What is not there, and what is null or an empty text, stays as it is.
create or replace function ${schema}.redacted_body(p_body jsonb, p_members text[]) returns jsonb
language plpgsql immutable
as $$
declare
  v_member text;
  v_path   text[];
  v_gone   text[] := coalesce(text_array(p_body -> 'redacted'), '{}');
begin
  foreach v_member in array p_members loop
    v_path := redaction_path(p_body, v_member);
    if p_body #> v_path not in ('null', '""') then
      p_body := jsonb_set(p_body, v_path, case cardinality(v_path) when 1 then '"[redacted]"' else '{"redacted": true}' end::jsonb);
      v_gone := v_gone || v_member;
    end if;
  end loop;
  return case when v_gone = '{}' then p_body else p_body || jsonb_build_object('redacted', array(
    select distinct m.name collate "C" from unnest(v_gone) as m (name) order by 1)) end;
end
$$;
revoke all on function ${schema}.redacted_body(jsonb, text[]) from public;
