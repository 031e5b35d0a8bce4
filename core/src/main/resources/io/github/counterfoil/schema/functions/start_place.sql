-- Where reading begins: p_from is beginning, now, at with p_at, or after with the place of the last change before. What happened since a moment
-- is looked for among the tickets in which something happened since.
create or replace function ${schema}.start_place(
  p_from text, p_at timestamptz, p_position bigint, p_ticket uuid, p_seq integer, p_before bigint,
  out "position" bigint, out after_ticket uuid, out after_seq integer)
language plpgsql stable
as $$
begin
  after_ticket := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  after_seq := 2147483647;
  case p_from
  when 'beginning' then
    "position" := -1;
  when 'now' then
    "position" := p_before - 1;
  when 'at' then
    "position" := least(
      (select min(e.position)
       from unnest(array['new', 'open', 'pending', 'closed']) as s (status)
       join ticket_activity a on a.status = s.status and a.updated_at >= p_at
       join ticket_event e on e.ticket_id = a.ticket_id and e.created_at >= p_at),
      (select min(t.position) from ticket t where t.created_at >= p_at),
      (select min(p.position) from ticket_purge p where p.created_at >= p_at),
      p_before) - 1;
  else
    "position" := p_position;
    after_ticket := p_ticket;
    after_seq := p_seq;
  end case;
end
$$;
revoke all on function ${schema}.start_place(text, timestamptz, bigint, uuid, integer, bigint) from public;
