-- What the guards of the tables do: nobody changes a ticket behind its history. Only Counterfoil's own functions switch the
-- setting on that the guards look at. It stops mistakes; where roles are used, the privileges of the tables stop the rest.
create or replace function ${schema}.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'counterfoil: % of %.% is refused: change tickets through Counterfoil''s commands',
    tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end
$$;
revoke all on function ${schema}.refuse_change() from public;
