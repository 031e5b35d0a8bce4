-- One command, one statement for the caller, atomic by itself. Refusals come back as columns, so that they never abort
-- the caller's transaction. p_reference is what claim_reference takes, or null: what was given with it before is in the ticket existing.
create or replace function ${schema}.open_ticket(
  p_ticket_id      uuid,
  p_actor_id       uuid,
  p_role           text,
  p_customer_id    uuid,
  p_opening        uuid,
  p_command        uuid,
  p_now            timestamptz,
  p_title          text,
  p_description    text,
  p_priority       text,
  p_tags           jsonb,
  p_custom_fields  jsonb,
  p_source_channel text,
  p_words          jsonb,
  p_reference      jsonb,
  p_patience       integer,
  p_durable        boolean
) returns table (refusal text, subject uuid, opened_at timestamptz, customer_email text, number bigint, existing uuid)
language plpgsql security definer
set search_path = ${schema}, pg_temp
as $$
#variable_conflict use_column
declare
  c_timeout constant text := begin_call(p_patience, p_durable);
  v_done    text;
  v_blocked boolean;
  v_number  bigint;
  v_known   boolean;
  f         ticket_reference;
  v_claimed boolean := false;
begin
  v_done := set_guard('command', 'on');
  opened_at := coalesce(p_now, clock_timestamp());
  -- Whoever blocks the customer waits for this.
  if p_role = 'customer' then
    perform hold_author(p_role, p_actor_id);
  end if;
  select c.email, c.blocked or c.erased into customer_email, v_blocked from customer c where c.id = p_customer_id;

  v_known := case p_role when 'agent' then exists (select from worker w where w.id = p_actor_id and w.active)
                         else customer_email is not null end;
  if p_reference is not null and v_known then
    f := claim_reference(p_reference, p_ticket_id, 0);
    v_claimed := f.key is null;
  end if;

  if f.ticket <> p_ticket_id then
    existing := f.ticket;
  elsif p_role = 'agent' and not v_known then
    refusal := 'actor.unknown';
    subject := p_actor_id;
  elsif customer_email is null then
    refusal := case p_role when 'agent' then 'customer.not_found' else 'actor.unknown' end;
    subject := p_customer_id;
  elsif p_role = 'customer' and v_blocked then
    refusal := 'actor.blocked';
    subject := p_actor_id;
  else
    insert into ticket (id, title, description, priority, tags, custom_fields, source_channel, created_at, updated_at, created_by,
                        customer_id, public_updated_at, status_since, opening, command, number, position)
    select p_ticket_id, p_title, p_description, p_priority, text_array(p_tags), p_custom_fields, p_source_channel, opened_at, opened_at,
           p_actor_id, p_customer_id, opened_at, opened_at, p_opening, p_command,
           -- Who opens again takes no number, and waits for whoever is purging the ticket.
           coalesce((select t.number from ticket t where t.id = p_ticket_id), nextval('ticket_number_number_seq')),
           -- Here, where the table is locked against a new epoch.
           event_position(p_ticket_id, null)
    on conflict (id) do nothing
    returning ticket.number into v_number;
    if not found then
      refusal := case when exists (select from ticket t where t.id = p_ticket_id and t.command = redacted_digest())
                      then 'command_id.redacted' else 'command_id.reused' end;
    elsif was_purged(p_ticket_id) then
      delete from ticket t where t.id = p_ticket_id;
      refusal := 'ticket.purged';
      subject := p_ticket_id;
    else
      number := register_number(p_ticket_id, v_number);
      insert into ticket_activity (ticket_id, updated_at, status) values (p_ticket_id, opened_at, 'new');
      if p_tags <> '[]' then
        insert into ticket_tag (ticket_id, tag, status, priority, ticket_created_at)
        select p_ticket_id, x.tag, 'new', p_priority, opened_at from jsonb_array_elements_text(p_tags) as x (tag);
      end if;
      perform add_channel(p_customer_id, p_source_channel);
      if p_words is not null then
        perform add_words(p_ticket_id, p_customer_id, opened_at, 0, p_words, true);
      end if;
    end if;
  end if;

  -- What was stored is told whatever became of rights since. The id holds who acts.
  if refusal is not null then
    select t.created_at, t.number into opened_at, number from ticket t where t.id = p_ticket_id and t.command = p_command;
    if found then
      refusal := null;
      subject := null;
    elsif refusal = 'command_id.reused' and exists (select from ticket_purge p where p.id = p_ticket_id) then
      -- The ticket that was in the way has gone since.
      refusal := 'ticket.purged';
      subject := p_ticket_id;
    end if;
  end if;
  if v_claimed and refusal is not null then
    perform settle_reference(p_reference, p_ticket_id, 0, 0);
  end if;
  return next;
  v_done := set_guard('command', '');
  v_done := set_config('lock_timeout', c_timeout, true);
end
$$;
revoke all on function ${schema}.open_ticket(uuid, uuid, text, uuid, uuid, uuid, timestamptz, text, text, text, jsonb, jsonb, text, jsonb, jsonb, integer, boolean) from public;
