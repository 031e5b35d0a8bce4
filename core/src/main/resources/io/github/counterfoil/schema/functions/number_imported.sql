-- Records the numbers of imported tickets whose rows were just stored, in the order of the numbers, so that no two imports wait for each
-- other in a circle. Gives back the tickets whose numbers another ticket has: their rows are gone again. Which of the tickets brought
-- their numbers along says p_brought: within an import these come first.
create or replace function ${schema}.number_imported(p_new ${schema}.ticket[], p_brought uuid[]) returns uuid[]
language plpgsql
as $$
declare
  v_one   record;
  v_taken uuid[] := '{}';
begin
  insert into ticket_number (number, id)
  select o.number, o.id from unnest(p_new) as o order by o.number, o.id <> all (p_brought)
  on conflict (number) do nothing;
  for v_one in
    select o.id, o.number from unnest(p_new) as o
    where not exists (select from ticket_number n where n.number = o.number and n.id = o.id)
    order by o.number
  loop
    if v_one.id = any (p_brought) then
      v_taken := v_taken || v_one.id;
    else
      perform register_number(v_one.id, v_one.number);
    end if;
  end loop;
  delete from ticket t where t.id = any (v_taken);
  perform pass_number(max(o.number))
  from unnest(p_new) as o where o.id = any (p_brought) and o.id <> all (v_taken) having count(*) > 0;
  return v_taken;
end
$$;
revoke all on function ${schema}.number_imported(${schema}.ticket[], uuid[]) from public;
