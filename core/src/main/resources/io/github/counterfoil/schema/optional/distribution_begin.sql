  perform pg_advisory_xact_lock(hashtext('counterfoil'), hashtext('schema'));
  if to_regclass('${schema}.schema_code') is null then
    raise exception 'counterfoil: the schema is not there: run its files first' using errcode = 'object_not_in_prerequisite_state';
  elsif not exists (select from ${schema}.schema_code c where c.revision = ${revision}) then
    raise exception 'counterfoil: the schema is not of this release: run its files first'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
