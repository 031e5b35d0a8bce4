create schema if not exists mail;

-- Each mail that was taken, and what it became: what comes again is known, and how many came is counted.
create table if not exists mail.incoming (
    sender text not null,
    message_id text not null,
    content text not null,
    ticket_id uuid,
    customer_id uuid,
    outcome text not null,
    automatic boolean not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (sender, message_id)
);
create index if not exists incoming_of_sender on mail.incoming (sender, received_at);
create index if not exists incoming_of_ticket on mail.incoming (ticket_id, received_at);

-- What was not taken, whole, with the reason.
create table if not exists mail.aside (
    id uuid primary key default gen_random_uuid(),
    digest text not null unique,
    sender text not null,
    reason text not null,
    mail bytea not null,
    received_at timestamptz not null default clock_timestamp()
);

-- Mails that were taken and of which the ticket has not all: whole, with their headers, for the staff alone.
create table if not exists mail.original (
    sender text not null,
    message_id text not null,
    ticket_id uuid not null,
    customer_id uuid not null,
    mail bytea not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (sender, message_id)
);

-- What is to be sent. The text goes when it was: it is the ticket's.
create table if not exists mail.outgoing (
    message_id text primary key,
    place bigint generated always as identity,
    ticket_id uuid not null,
    event_id uuid,
    customer_id uuid not null,
    kind text not null,
    author text not null,
    subject text not null,
    body text not null,
    files uuid[] not null,
    thread text[] not null,
    written_at timestamptz not null,
    stored_at timestamptz not null default clock_timestamp(),
    next_try_at timestamptz not null default clock_timestamp(),
    tries int not null default 0,
    sent_at timestamptz,
    given_up text
);
create index if not exists outgoing_of_ticket on mail.outgoing (ticket_id, customer_id, place);
create index if not exists outgoing_waiting on mail.outgoing (place) where sent_at is null and given_up is null;
