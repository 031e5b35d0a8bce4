-- The first step with an imported ticket: its row is stored or, if it is there, locked. A lock on a row that is not there
-- would hold nobody. Before that it is seen whether the people are there, who never go; what is refused is neither.
create or replace function ${schema}.claim_imported(
  p_one jsonb, out refusal text, out detail text, out added boolean, out complete boolean)
language plpgsql
as $$
declare
  given record;
begin
  given := jsonb_populate_record(null::ticket, p_one);
  added := false;
  complete := false;
  select x.seq::text, case when not x.author then 'created_by.unknown'
                           when x.type = 'assignment-added' then 'agent_id.unknown' else 'new_value.unknown' end
  into detail, refusal
  from (
    select x.seq, x.type,
           case x.role when 'agent' then exists (select from worker w where w.id = x.created_by)
                       else exists (select from customer c where c.id = x.created_by) end as author,
           case x.type when 'assignment-added' then exists (select from worker w where w.id = (x.body ->> 'agent_id')::uuid)
                       when 'customer-update' then exists (select from customer c where c.id = (x.body ->> 'new_value')::uuid)
                       else true end as named
    from jsonb_to_recordset(p_one -> 'events') as x (seq integer, type text, role text, created_by uuid, body jsonb)
  ) as x
  where not x.author or not x.named
  order by x.author, x.seq limit 1;
  if refusal is null then
    refusal := case
      when not exists (select from customer c where c.id = given.customer_id)
        or not exists (select from customer c
                       where c.id = coalesce((given.beginning ->> 'customer_id')::uuid, given.customer_id)) then 'customer.unknown'
      when not exists (select from ${users} u where u.${users_id} = given.created_by)
        or not exists (select from customer c where c.id = given.created_by)
        and not exists (select from worker w where w.id = given.created_by) then 'created_by.unknown'
    end;
  end if;
  if refusal is not null then
    return;
  end if;

  insert into ticket (id, title, description, status, priority, tags, custom_fields, source_channel, created_at, updated_at,
                      created_by, customer_id, last_seq, last_public_seq, public_updated_at, closed_seq, opening, beginning)
  values (given.id, given.title, given.description, given.status, given.priority, given.tags, given.custom_fields,
          given.source_channel, given.created_at, given.updated_at, given.created_by, given.customer_id, given.last_seq,
          given.last_public_seq, given.public_updated_at, given.closed_seq, given.opening, given.beginning)
  on conflict (id) do nothing;
  added := found;
  if not added then
    select t.last_seq >= given.last_seq into complete from ticket t where t.id = given.id for update;
  end if;
end
$$;
revoke all on function ${schema}.claim_imported(jsonb) from public;
