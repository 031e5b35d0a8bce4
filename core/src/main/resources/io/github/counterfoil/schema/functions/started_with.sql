-- What a ticket started with: what each part is that has not changed since, and what the others were.
create or replace function ${schema}.started_with(t ${schema}.ticket) returns jsonb
language plpgsql stable
as $$
begin
  return jsonb_build_object('title', t.title, 'description', t.description, 'priority', t.priority, 'tags', t.tags,
                            'custom_fields', t.custom_fields, 'source_channel', t.source_channel, 'customer_id', t.customer_id)
         || t.beginning;
end
$$;
revoke all on function ${schema}.started_with(${schema}.ticket) from public;
