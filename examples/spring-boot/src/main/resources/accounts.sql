create table if not exists account (
  id bigint generated always as identity primary key,
  support_id uuid not null unique default gen_random_uuid(),
  email text not null unique,
  first_name text not null,
  last_name text not null,
  side text not null check (side in ('AGENT', 'CUSTOMER')),
  password text not null
);
create table if not exists upload (
  id uuid primary key,
  ticket_id uuid not null,
  account_id bigint not null references account,
  name text not null,
  bytes bigint not null,
  stored_at timestamptz not null default now()
);
