create table person (
  id         uuid    primary key,
  email      text    not null unique,
  first_name text    not null,
  last_name  text    not null,
  role       text    not null check (role in ('agent', 'customer')),
  active     boolean not null default true
);

create table ticket (
  id             uuid        primary key,
  title          text        not null,
  description    text        not null,
  status         text        not null default 'new' check (status in ('new', 'open', 'pending', 'closed')),
  priority       text        not null default 'medium' check (priority in ('low', 'medium', 'high')),
  tags           text[]      not null default '{}',
  custom_fields  jsonb       not null default '{}',
  source_channel text,
  created_at     timestamptz not null default clock_timestamp(),
  updated_at     timestamptz not null default clock_timestamp(),
  created_by     uuid        not null references person,
  customer_id    uuid        not null references person,
  assignee_id    uuid        references person,
  last_seq       integer     not null default 0
);
create index ticket_customer_idx on ticket (customer_id, created_at desc, id desc);
create index ticket_assignee_idx on ticket (assignee_id, status, created_at desc, id desc);

create table ticket_event (
  ticket_id         uuid        not null references ticket,
  seq               integer     not null,
  id                uuid        not null,
  type              text        not null,
  created_at        timestamptz not null,
  author_id         uuid        not null,
  author_first_name text        not null,
  author_last_name  text        not null,
  role              text        not null,
  visibility        text        not null,
  content           text,
  old_value         text,
  new_value         text,
  agent_id          uuid,
  primary key (ticket_id, seq)
);

create table resolution (
  ticket_id   uuid        not null references ticket,
  seq         integer     not null,
  worker_id   uuid        not null references person,
  resolved_at timestamptz not null,
  primary key (ticket_id, seq)
);

create table feedback (
  ticket_id    uuid        not null references ticket,
  seq          integer     not null,
  rating       smallint    not null check (rating between 1 and 5),
  comment      text,
  submitted_at timestamptz not null,
  primary key (ticket_id, seq)
);
