create or replace function ${schema}.add_tags(
  inout t ${schema}.ticket, e ${schema}.ticket_event, p_args jsonb, p_limit bigint,
  out refusal text, out field text, out "limit" bigint, out subject uuid)
language plpgsql
as $$
declare
  v_tag text;
  v_new text[] := array(
    select x.tag from jsonb_array_elements_text(p_args -> 'tags') with ordinality as x (tag, n)
    where x.tag <> all (t.tags) order by x.n);
begin
  if cardinality(v_new) = 0 then
    return;
  elsif cardinality(t.tags) + cardinality(v_new) > p_limit then
    refusal := 'too_many';
    field := 'tags';
    "limit" := p_limit;
    return;
  end if;
  t.beginning := jsonb_build_object('tags', t.tags) || coalesce(t.beginning, '{}');
  foreach v_tag in array v_new loop
    t := append_event(t, e, 'tag-added', 'private', jsonb_build_object('tag', v_tag));
  end loop;
  t.tags := t.tags || v_new;
  insert into ticket_tag (ticket_id, tag, status, priority, ticket_created_at)
  select t.id, x.tag, t.status, t.priority, t.created_at from unnest(v_new) as x (tag);
end
$$;
revoke all on function ${schema}.add_tags(${schema}.ticket, ${schema}.ticket_event, jsonb, bigint) from public;
