-- Records a reference, {key, giver, source, id}, on what a command is about to store: from p_seq on. Gives back null, or if it was given
-- before what that was: whoever comes second waits for the first.
create or replace function ${schema}.claim_reference(p_reference jsonb, p_ticket uuid, p_seq integer)
returns ${schema}.ticket_reference
language plpgsql
as $$
declare
  c_key   constant uuid := (p_reference ->> 'key')::uuid;
  c_giver constant uuid := (p_reference ->> 'giver')::uuid;
  r       ${schema}.ticket_reference;
begin
  loop
    insert into ticket_reference (key, giver, ticket, seq, events, source, id)
    values (c_key, c_giver, p_ticket, p_seq, least(p_seq, 1), p_reference ->> 'source', p_reference ->> 'id')
    on conflict (key, giver) do nothing;
    if found then
      return null;
    end if;
    select x.* into r from ticket_reference x where x.key = c_key and x.giver = c_giver;
    -- Otherwise it has gone with its ticket meanwhile.
    if found then
      return r;
    end if;
  end loop;
end
$$;
revoke all on function ${schema}.claim_reference(jsonb, uuid, integer) from public;
