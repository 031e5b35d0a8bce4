-- Whether a ticket is full and the change too large for it. A customer's ticket is full by what they see of it alone, so that
-- the refusal tells nothing of what they do not see. A change of the description repeats the old one.
create or replace function ${schema}.lacks_room(t ${schema}.ticket, e ${schema}.ticket_event, p_change jsonb) returns boolean
language plpgsql stable
as $$
declare
  v_room constant jsonb := p_change -> 'room';
begin
  return v_room is not null
    and case e.role
          when 'customer' then t.public_weight >= (v_room -> 'bytes')::bigint or t.last_public_seq >= (v_room -> 'events')::bigint
          else t.weight >= (v_room -> 'bytes')::bigint or t.last_seq >= (v_room -> 'events')::bigint end
    and octet_length((p_change -> 'args')::text)
        + case when p_change ->> 'change' <> 'description' then 0
               else octet_length(coalesce(t.description, (select x.description from ticket x where x.id = t.id))) end
      > (v_room -> 'still')::bigint;
end
$$;
revoke all on function ${schema}.lacks_room(${schema}.ticket, ${schema}.ticket_event, jsonb) from public;
