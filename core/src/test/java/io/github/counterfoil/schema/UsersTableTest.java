package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of users that a host has: referred to, never written to, and refused with a cure where it does not fit. */
class UsersTableTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.empty();

    private TicketService beside(String table, String key) {
        return TicketService.builder(database.connections())
                .usersTable("public", table, key)
                .build();
    }

    private void assertRefused(TicketService tickets, String message) {
        assertThatThrownBy(() -> tickets.schema().apply())
                .isInstanceOfSatisfying(
                        SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo("schema.users_unsuitable"))
                .hasMessageStartingWith("users table public.")
                .hasMessageContaining(message);
        assertThat(database.query("select nspname from pg_namespace where nspname in ('counterfoil', 'auth')"))
                .as("made before the refusal")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "create table account (id bigint primary key)"
                        + " | public.account: column id is of type bigint and not uuid: alter table \"public\".\"account\" add",
                "create table account (id text primary key) | public.account: column id is of type text and not uuid",
                "create table account (id varchar(36) primary key)"
                        + " | public.account: column id is of type character varying(36) and not uuid",
                "create table account (id uuid[] primary key) | public.account: column id is of type uuid[] and not uuid",
                "create table account (id uuid)"
                        + " | column id alone is not unique, by a constraint that is not deferrable:"
                        + " alter table \"public\".\"account\" add unique (\"id\")",
                "create table account (id uuid, tenant int, primary key (id, tenant)) | column id alone is not unique",
                "create table account (id uuid, gone boolean); create unique index on account (id) where not gone"
                        + " | column id alone is not unique",
                "create table account (id uuid); create unique index on account ((id::text)) | column id alone is not unique",
                "create table account (id uuid unique deferrable) | column id alone is not unique",
                "create table account (id uuid); create index on account (id) | column id alone is not unique",
                "create table account (account_id uuid primary key)"
                        + " | public.account has no column id: name the one that holds its uuid with usersTable(…)",
                "create table account (id uuid primary key, a int); alter table account drop column id"
                        + " | public.account has no column id",
                "create table person (id uuid primary key); create view account as select * from person"
                        + " | public.account is a view, and foreign keys refer to tables alone: name the table itself",
                "create materialized view account as select gen_random_uuid() as id | public.account is a materialized view",
                "create type account as (id uuid) | public.account is no table",
                "create sequence account | public.account is no table",
                "create unlogged table account (id uuid primary key)"
                        + " | public.account is not kept after a crash, and what is kept cannot refer to it: alter table",
            })
    void a_users_table_that_does_not_fit_is_refused_by_name_before_anything_is_made(String made, String message) {
        database.execute(made);
        assertRefused(beside("account", "id"), message);
    }

    @Test
    void the_cures_that_are_named_cure() {
        database.execute("create unlogged table \"My accounts\" (\"Id\" bigint primary key, plain uuid)");
        database.execute("insert into \"My accounts\" (\"Id\") values (7)");
        runTheCure(beside("My accounts", "plain"), "set logged");
        runTheCure(beside("My accounts", "plain"), "add unique (\"plain\")");
        runTheCure(beside("My accounts", "Id"), "add column support_id uuid not null unique default gen_random_uuid()");

        UUID seven = UUID.fromString(database.value("select support_id from \"My accounts\" where \"Id\" = 7"));
        TicketService tickets = beside("My accounts", "support_id");
        tickets.schema().apply();
        tickets.schema().require();
        tickets.people().registerCustomer(NewCustomer.of(seven, "ada@example.com", "Ada", "Lovelace"));
        assertThat(tickets.customer(seven).open(NewTicket.of("T", "D")).version())
                .isZero();
    }

    @Test
    void a_host_with_bigint_keys_gives_its_users_a_second_one() throws SQLException {
        database.execute(
                "create table account (id bigint primary key, login text); insert into account values (7, 'ada')");
        DataSource dataSource = database.dataSource();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            // region: second-key
            statement.execute(
                    "alter table account add column support_id uuid not null unique default gen_random_uuid()");
            TicketService tickets = TicketService.builder(dataSource)
                    .usersTable("public", "account", "support_id")
                    .build();
            // endregion
            tickets.schema().apply();
            UUID ada = UUID.fromString(database.value("select support_id from account where id = 7"));
            tickets.people().registerCustomer(NewCustomer.of(ada, "ada@example.com", "Ada", "Lovelace"));
            tickets.customer(ada).open(NewTicket.of("T", "D"));
            assertThat(database.value("select login from account join counterfoil.tickets on support_id = created_by"))
                    .isEqualTo("ada");
        }
    }

    private void runTheCure(TicketService tickets, String change) {
        String cure = "alter table \"public\".\"My accounts\" " + change;
        assertRefused(tickets, cure);
        database.execute(cure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table account (id uuid primary key, login text)",
                "create table account (login text primary key default 'ada', id uuid not null unique)",
                "create table account (id uuid, login text); create unique index on account (id) include (login)",
                "create domain key as uuid; create domain account_key as key not null;"
                        + " create table account (id account_key primary key)",
                "create table account (id uuid primary key) partition by hash (id);"
                        + " create table account_0 partition of account for values with (modulus 1, remainder 0)",
            })
    void a_users_table_with_a_unique_uuid_fits_whatever_else_it_is(String made) {
        database.execute(made + "; insert into account (id) values ('" + ADA + "')");
        TicketService tickets = beside("account", "id");
        tickets.schema().apply();
        assertThat(tickets.schema().verify()).isEmpty();
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
    }

    @Test
    void a_service_that_names_another_users_table_than_the_schema_was_made_for_is_told_at_start() {
        database.execute("create table account (id uuid primary key, other uuid unique);"
                + " create schema auth; create table auth.account (id uuid primary key)");
        beside("account", "id").schema().apply();
        TicketService inAnotherSchema = TicketService.builder(database.connections())
                .usersTable("auth", "account", "id")
                .build();
        assertOther(inAnotherSchema, "auth.account(id)");
        assertOther(database.service(), "auth.users(id)");
        assertOther(beside("account", "other"), "public.account(other)");

        assertThat(inAnotherSchema.schema().verify())
                .contains(
                        "constraint customer.customer_id_fkey is not as made: FOREIGN KEY (user_id) REFERENCES public.account (id)"
                                + " a a, and not FOREIGN KEY (user_id) REFERENCES auth.account (id) a a")
                .noneMatch(difference -> difference.contains("<users"));
        assertThat(beside("account", "other").schema().verify())
                .contains(
                        "constraint customer.customer_id_fkey is not as made: FOREIGN KEY (user_id) REFERENCES public.account (id)"
                                + " a a, and not FOREIGN KEY (user_id) REFERENCES public.account (other) a a");
        beside("account", "id").schema().require();
    }

    private static void assertOther(TicketService tickets, String named) {
        for (Runnable use : List.<Runnable>of(
                () -> tickets.schema().apply(), () -> tickets.schema().require())) {
            assertThatThrownBy(use::run)
                    .isInstanceOfSatisfying(
                            SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo("schema.other_users"))
                    .hasMessage("schema counterfoil was made for users table public.account(id), and the service names "
                            + named + ": name the first one with usersTable(…)");
        }
    }

    @Test
    void a_difference_of_a_constraint_on_the_users_table_names_that_table() {
        database.execute("create table account (id uuid primary key)");
        TicketService tickets = beside("account", "id");
        tickets.schema().apply();
        database.execute("alter table counterfoil.worker drop constraint worker_id_fkey, add constraint worker_id_fkey"
                + " foreign key (id) references account on delete cascade");
        assertThat(tickets.schema().verify())
                .containsExactly("constraint worker.worker_id_fkey is not as made: FOREIGN KEY (id) REFERENCES"
                        + " public.account (id) a c, and not FOREIGN KEY (user_id) REFERENCES public.account (id) a a");
    }

    @Test
    void a_users_table_of_the_hosts_own_is_used_and_never_written_to() {
        database.execute("create table public.account (account_id uuid primary key, login text not null)");
        TicketService tickets = TicketService.builder(database.connections())
                .usersTable("public", "account", "account_id")
                .build();
        tickets.schema().apply();
        NewCustomer ada = NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace");
        assertThatThrownBy(() -> tickets.people().registerCustomer(ada))
                .isInstanceOfSatisfying(
                        PersonNotFound.class, e -> assertThat(e.code()).isEqualTo("user.not_found"));

        database.execute("insert into public.account values ('" + ADA + "', 'ada')");
        tickets.people().registerCustomer(ada);
        assertThat(tickets.customer(ADA).open(NewTicket.of("T", "D")).version()).isZero();
        assertThat(database.value("select count(*) from pg_namespace where nspname = 'auth'"))
                .isEqualTo("0");
    }

    @Test
    void a_users_table_like_supabases_is_used_as_it_is() {
        database.execute("""
                create schema auth;
                create table auth.users (
                  instance_id uuid, id uuid not null primary key, aud varchar(255), role varchar(255),
                  email varchar(255), encrypted_password varchar(255), created_at timestamptz,
                  is_sso_user boolean not null default false);
                comment on table auth.users is 'Auth: Stores user login data within a secure schema.';
                insert into auth.users (id, email) values
                  ('%s', 'ada@example.com'), ('%s', 'jane@example.com');
                """.formatted(ADA, SupportTeam.JANE));
        String before = database.value("select md5(jsonb_agg(u order by id)::text) from auth.users u");
        TicketService tickets = database.service();
        tickets.schema().apply();
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(SupportTeam.JANE, "jane@example.com", "Jane", "Smith"));
        UUID id = tickets.customer(ADA).open(NewTicket.of("T", "D")).id();
        tickets.agent(SupportTeam.JANE).on(id).assign(SupportTeam.JANE);
        assertThatThrownBy(() -> tickets.people()
                        .registerCustomer(NewCustomer.of(SupportTeam.BOB, "bob@example.com", "Bob", "Babbage")))
                .isInstanceOf(PersonNotFound.class);
        assertThat(database.value("select md5(jsonb_agg(u order by id)::text) from auth.users u"))
                .isEqualTo(before);
    }

    @Test
    void without_a_users_table_one_is_made_and_filled() {
        TicketService tickets = database.service();
        tickets.schema().apply();
        SupportTeam.registered(tickets);
        assertThat(database.value("select count(*) from auth.users")).isEqualTo("5");
    }
}
