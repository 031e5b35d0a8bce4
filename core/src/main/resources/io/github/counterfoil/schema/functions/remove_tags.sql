create or replace function ${schema}.remove_tags(inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb)
language plpgsql
as $$
declare
  v_tag text;
  v_old constant text[] := t.tags;
begin
  for v_tag in
    select x.tag from jsonb_array_elements_text(p_args -> 'tags') with ordinality as x (tag, n)
    where x.tag = any (v_old) order by x.n
  loop
    t := append_event(t, e, 'tag-removed', 'private', jsonb_build_object('tag', v_tag));
    t.tags := array_remove(t.tags, v_tag);
  end loop;
  if t.tags <> v_old then
    delete from ticket_tag g where g.ticket_id = t.id and g.tag <> all (t.tags);
    t.beginning := jsonb_build_object('tags', v_old) || coalesce(t.beginning, '{}');
  end if;
end
$$;
revoke all on function ${schema}.remove_tags(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;
