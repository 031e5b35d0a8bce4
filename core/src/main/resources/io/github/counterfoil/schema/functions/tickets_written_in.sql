-- The tickets after p_after, in the order of their ids, that a person opened or wrote in: for an administrator who redacts that.
create or replace function ${schema}.tickets_written_in(p_admin_id uuid, p_person_id uuid, p_after uuid, p_most integer)
returns table (refusal text, subject uuid, ticket_id uuid)
language plpgsql stable security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
begin
  if not is_admin(p_admin_id) then
    refusal := 'actor.not_admin';
    subject := p_admin_id;
    return next;
  elsif not exists (select from worker w where w.id = p_person_id) and not exists (select from customer c where c.id = p_person_id) then
    refusal := 'person.not_found';
    subject := p_person_id;
    return next;
  else
    return query
      select null::text, null::uuid, x.id from (
        select e.ticket_id as id from ticket_event e where e.created_by = p_person_id and e.ticket_id > p_after
        union
        select t.id from ticket t where t.created_by = p_person_id and t.id > p_after) as x
      order by x.id limit p_most;
  end if;
end
$$;
revoke all on function ${schema}.tickets_written_in(uuid, uuid, uuid, integer) from public;
