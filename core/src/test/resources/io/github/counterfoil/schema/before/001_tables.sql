-- Counterfoil 1: the tables. One fact has one home here; the documented shapes are views (003).
-- Placeholders: ${schema} the schema of these objects, ${users} the table of the host's users, ${users_schema} its schema,
-- ${users_id} its uuid key.

create schema if not exists ${schema};

create table ${schema}.schema_history (
  version    integer     primary key,
  name       text        not null,
  checksum   text,
  applied_at timestamptz not null default clock_timestamp()
);

-- A host that has no table of users gets one; Counterfoil fills only a table that it made itself.
do $users$
begin
  if to_regclass('${users}') is null then
    create schema if not exists ${users_schema};
    create table ${users} (${users_id} uuid primary key default gen_random_uuid());
    comment on table ${users} is 'made by Counterfoil';
  end if;
end
$users$;

create table ${schema}.customer (
  id                     uuid        primary key references ${users} (${users_id}),
  email                  text        not null,
  first_name             text        not null,
  last_name              text        not null,
  communication_channels text[]      not null default '{}',
  preferred_language     text,
  created_at             timestamptz not null default clock_timestamp()
);
-- ASCII letters fold, others do not: "C" is the only collation in which lower() means just that.
create unique index customer_email_key on ${schema}.customer (lower(email collate "C"));

create table ${schema}.worker (
  id         uuid        primary key references ${users} (${users_id}),
  email      text        not null,
  first_name text        not null,
  last_name  text        not null,
  created_at timestamptz not null default clock_timestamp(),
  role       text        not null check (role in ('agent', 'admin')),
  skills     text[]      not null default '{}',
  languages  text[]      not null default '{}',
  timezone   text        not null,
  metrics    jsonb       not null default '{}',
  active     boolean     not null default true
);
create unique index worker_email_key on ${schema}.worker (lower(email collate "C"));

create table ${schema}.ticket (
  id                uuid        primary key default gen_random_uuid(),
  title             text        not null,
  description       text        not null,
  status            text        not null default 'new' check (status in ('new', 'open', 'pending', 'closed')),
  priority          text        not null check (priority in ('low', 'medium', 'high')),
  tags              text[]      not null default '{}',
  custom_fields     jsonb       not null default '{}',
  source_channel    text,
  created_at        timestamptz not null,
  updated_at        timestamptz not null,
  created_by        uuid        not null references ${users} (${users_id}),
  customer_id       uuid        not null references ${schema}.customer,
  last_seq          integer     not null default 0,
  last_public_seq   integer     not null default 0,
  public_updated_at timestamptz not null,
  closed_seq        integer,
  opening           uuid        not null,
  command           uuid,
  check ((status = 'closed') = (closed_seq is not null))
);
create index ticket_created_at_idx on ${schema}.ticket (created_at desc, id desc);
create index ticket_status_idx on ${schema}.ticket (status, created_at desc, id desc);
create index ticket_customer_idx on ${schema}.ticket (customer_id, created_at desc, id desc);
comment on column ${schema}.ticket.last_seq is 'seq of the last event: the version that agents see';
comment on column ${schema}.ticket.last_public_seq is 'number of public events: the version that customers see';
comment on column ${schema}.ticket.closed_seq is 'seq of the event that closed the ticket, while it is closed';
comment on column ${schema}.ticket.opening is 'digest of what the ticket started with, for verification';
comment on column ${schema}.ticket.command is 'digest of the command that opened the ticket and of its content';

create table ${schema}.ticket_event (
  ticket_id             uuid        not null references ${schema}.ticket,
  seq                   integer     not null check (seq > 0),
  id                    uuid        not null,
  type                  text        not null,
  created_at            timestamptz not null,
  created_by            uuid        not null,
  created_by_first_name text        not null,
  created_by_last_name  text        not null,
  role                  text        not null check (role in ('agent', 'customer')),
  visibility            text        not null check (visibility in ('public', 'private')),
  body                  jsonb       not null check (jsonb_typeof(body) = 'object'),
  public_seq            integer     check (public_seq is null or visibility = 'public'),
  public_at             timestamptz check (public_at <= created_at),
  command               uuid,
  primary key (ticket_id, seq),
  check (type <> 'note-added' or visibility = 'private'),
  check ((public_seq is null) = (public_at is null))
);
create unique index ticket_event_id_key on ${schema}.ticket_event (ticket_id, id);
create unique index ticket_event_public_seq_key on ${schema}.ticket_event (ticket_id, public_seq)
  where public_seq is not null;
-- Costs next to nothing to keep, and finds the events of a span of time, which were mostly stored one after another.
create index ticket_event_created_at_idx on ${schema}.ticket_event using brin (created_at);
comment on column ${schema}.ticket_event.body is 'the members that are the type''s own';
comment on column ${schema}.ticket_event.public_seq is 'the customers'' numbering; null where customers do not see the event';
comment on column ${schema}.ticket_event.public_at is 'created_at as it would be if there were no private events: the time that customers see';
comment on column ${schema}.ticket_event.command is 'digest of the command and of its content: the same for all events of one command';

create table ${schema}.ticket_assignment (
  ticket_id   uuid        not null references ${schema}.ticket,
  worker_id   uuid        not null references ${schema}.worker,
  assigned_at timestamptz not null,
  primary key (ticket_id, worker_id)
);
create index ticket_assignment_worker_idx on ${schema}.ticket_assignment (worker_id, ticket_id);

create table ${schema}.ticket_resolution (
  ticket_id   uuid        not null references ${schema}.ticket,
  closed_seq  integer     not null,
  worker_id   uuid        not null references ${schema}.worker,
  title       text        not null,
  assigned_at timestamptz not null,
  resolved_at timestamptz not null check (resolved_at >= assigned_at),
  primary key (ticket_id, closed_seq, worker_id)
);
create index ticket_resolution_worker_idx on ${schema}.ticket_resolution (worker_id, resolved_at);

create table ${schema}.ticket_feedback (
  ticket_id    uuid        not null references ${schema}.ticket,
  closed_seq   integer     not null,
  customer_id  uuid        not null references ${schema}.customer,
  rating       smallint    not null check (rating between 1 and 5),
  comment      text,
  submitted_at timestamptz not null,
  primary key (ticket_id, closed_seq)
);
create index ticket_feedback_customer_idx on ${schema}.ticket_feedback (customer_id, submitted_at);

-- Nobody changes a ticket behind its history: only Counterfoil's own functions run with the setting on.
create function ${schema}.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'counterfoil: % of %.% is refused: change tickets through Counterfoil''s commands',
    tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger guard_change before insert or update or delete on ${schema}.ticket
  for each row when (current_setting('counterfoil.command', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
create trigger guard_change before insert or update or delete on ${schema}.ticket_assignment
  for each row when (current_setting('counterfoil.command', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
create trigger guard_change before insert or update or delete on ${schema}.ticket_resolution
  for each row when (current_setting('counterfoil.command', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
create trigger guard_change before insert or update or delete on ${schema}.ticket_feedback
  for each row when (current_setting('counterfoil.command', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
create trigger guard_insert before insert on ${schema}.ticket_event
  for each row when (current_setting('counterfoil.command', true) is distinct from 'on')
  execute function ${schema}.refuse_change();

-- History only grows. Erasing a person replaces the names under their events, and nothing else ever changes one.
create trigger guard_names before update of created_by_first_name, created_by_last_name on ${schema}.ticket_event
  for each statement when (current_setting('counterfoil.erasure', true) is distinct from 'on')
  execute function ${schema}.refuse_change();
create trigger guard_history before delete or update of ticket_id, seq, id, type, created_at, created_by, role, visibility,
                                                        body, public_seq, public_at, command on ${schema}.ticket_event
  for each statement execute function ${schema}.refuse_change();
create trigger guard_truncate before truncate on ${schema}.ticket_event
  for each statement execute function ${schema}.refuse_change();
create trigger guard_truncate before truncate on ${schema}.ticket
  for each statement execute function ${schema}.refuse_change();
create trigger guard_truncate before truncate on ${schema}.ticket_assignment
  for each statement execute function ${schema}.refuse_change();
create trigger guard_truncate before truncate on ${schema}.ticket_resolution
  for each statement execute function ${schema}.refuse_change();
create trigger guard_truncate before truncate on ${schema}.ticket_feedback
  for each statement execute function ${schema}.refuse_change();

insert into ${schema}.schema_history (version, name) values (1, 'tables');
