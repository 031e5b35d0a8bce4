  perform set_config('quote_all_identifiers', 'off', true);
  -- All or none: whoever works here holds some of them and waits for others, in another order.
  v_sql := (
    select 'lock table ' || string_agg(c.oid::regclass::text, ', ' order by c.relname) || ' in access exclusive mode'
    from pg_class c
    where c.oid = '${users}'::regclass
      or c.relnamespace = '${schema}'::regnamespace and c.relname = any ('{customer,worker}' || ${tables} || ${views}));
  loop
    begin
      perform set_config('lock_timeout', '200ms', true);
      execute v_sql;
      exit;
    exception when lock_not_available or deadlock_detected then
      perform pg_sleep(0.05 + 0.2 * random());
    end;
  end loop;
