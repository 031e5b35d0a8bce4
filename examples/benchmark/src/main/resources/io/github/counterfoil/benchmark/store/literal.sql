create table users (id uuid primary key);

create table customers (
  id                     uuid   primary key references users,
  first_name             text   not null,
  last_name              text   not null,
  communication_channels text[],
  preferred_language     text,
  email                  text   not null unique,
  feedback_history       jsonb  not null default '{"feedback": []}'
);

create table workers (
  id               uuid        primary key references users,
  email            text        not null unique,
  first_name       text        not null,
  last_name        text        not null,
  created_at       timestamptz not null default now(),
  role             text        not null,
  skills           text[]      default '{}',
  languages        text[]      default '{}',
  timezone         text        not null,
  metrics          jsonb       default '{}',
  assigned_tickets uuid[]      default '{}',
  ticket_history   jsonb       default '[]'
);

create table tickets (
  id             uuid        primary key default gen_random_uuid(),
  title          text        not null,
  description    text        not null,
  status         text        not null default 'new' check (status in ('new', 'open', 'pending', 'closed')),
  priority       text        not null default 'medium' check (priority in ('low', 'medium', 'high')),
  tags           text[],
  custom_fields  jsonb,
  ticket_history jsonb       not null default '{"events": []}',
  internal_notes jsonb       not null default '{"notes": []}',
  feedback       jsonb,
  source_channel text,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  created_by     uuid        not null references users,
  customer_email text        not null references customers (email),
  assigned_to    jsonb       not null default '[]'
);
create index tickets_customer_idx on tickets (customer_email, created_at desc);
create index tickets_assigned_idx on tickets using gin (assigned_to jsonb_path_ops);
create index tickets_status_idx on tickets (status, created_at desc);
