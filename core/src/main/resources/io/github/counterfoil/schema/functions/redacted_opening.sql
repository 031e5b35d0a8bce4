-- The digest of what a ticket started with, once that was redacted: of what is left. The library's own is made from the values that a
-- caller sends, who does not send them here.
create or replace function ${schema}.redacted_opening(
  p_title text, p_description text, p_priority text, p_tags text[], p_custom_fields jsonb, p_source_channel text, p_created_by uuid,
  p_customer_id uuid, p_beginning jsonb) returns uuid
language sql immutable
set search_path = ${schema}, pg_temp
as $$
  select encode(set_byte(set_byte(substr(h, 1, 16), 6, get_byte(h, 6) & 15 | 128), 8, get_byte(h, 8) & 63 | 128), 'hex')::uuid
  from sha256(convert_to(jsonb_build_array('redacted', p_created_by, jsonb_build_object(
    'title', p_title, 'description', p_description, 'priority', p_priority, 'custom_fields', p_custom_fields,
    'source_channel', p_source_channel, 'customer_id', p_customer_id) || p_beginning || jsonb_build_object('tags', array(
      -- In no order of their own.
      select x.tag from jsonb_array_elements_text(coalesce(p_beginning -> 'tags', to_jsonb(p_tags))) as x (tag)
      order by x.tag collate "C")))::text, 'UTF8'))
    as hash (h)
$$;
revoke all on function ${schema}.redacted_opening(text, text, text, text[], jsonb, text, uuid, uuid, jsonb) from public;
