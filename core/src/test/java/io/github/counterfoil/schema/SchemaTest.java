package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema: listed, applied once, verified, under any name, beside any table of users. */
class SchemaTest {
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.empty();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void a_database_that_cannot_hold_every_text_is_refused_at_once(String encoding) {
        try (TestDatabase narrow = TestDatabase.encoded(encoding)) {
            TicketService tickets = narrow.service();
            for (Runnable use : List.<Runnable>of(
                    () -> tickets.schema().apply(),
                    () -> tickets.schema().require(),
                    () -> tickets.people().customer(ADA))) {
                assertThatThrownBy(use::run)
                        .isInstanceOfSatisfying(
                                SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo("schema.not_utf8"))
                        .hasMessageContaining("encoding is " + encoding);
            }
            assertThat(narrow.query("select 1 from pg_namespace where nspname = 'counterfoil'"))
                    .isEmpty();
        }
    }

    @Test
    void a_service_without_its_schema_says_so_at_the_first_use() {
        TicketService tickets = database.service();
        assertThatExceptionOfType(SchemaMismatch.class)
                .isThrownBy(() -> tickets.customer(ADA).open(NewTicket.of("T", "D")))
                .satisfies(e -> assertThat(e.found()).isZero())
                .satisfies(e -> assertThat(e.required()).isEqualTo(4))
                .satisfies(e -> assertThat(e.code()).isEqualTo("schema.missing"))
                .withMessageContaining("schema counterfoil is not there: call TicketService.schema().apply()");
        assertThat(tickets.schema().verify()).containsExactly("schema counterfoil is missing");

        tickets.schema().apply();
        SupportTeam.registered(tickets).ticket();
    }

    /** A stricter level sees what was there when its transaction began, which is before it waited for the others. */
    @ParameterizedTest
    @ValueSource(strings = {"read committed", "repeatable read", "serializable"})
    void many_that_start_at_once_apply_it_once(String isolation) throws Exception {
        database.execute("alter database %s set default_transaction_isolation = '%s'"
                .formatted(database.value("select current_database()"), isolation));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<Schema.SqlFile>>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                running.add(threads.submit(() -> TicketService.builder(database.dataSource())
                        .build()
                        .schema()
                        .apply()));
            }
            List<Integer> applied = new ArrayList<>();
            for (Future<List<Schema.SqlFile>> one : running) {
                applied.add(one.get().size());
            }
            assertThat(applied).containsOnly(0, 5).containsOnlyOnce(5);
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.service().schema().verify()).isEmpty();
        assertThat(database.service().schema().apply()).isEmpty();
    }

    @Test
    void the_files_can_be_run_by_another_tool() throws SQLException {
        TicketService tickets = database.service();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (Schema.SqlFile file : tickets.schema().files()) {
                statement.execute(file.sql());
            }
        }
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.schema().apply()).isEmpty();
        SupportTeam.registered(tickets).ticket();
    }

    @Test
    void applying_joins_the_hosts_transaction_and_goes_with_it() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TicketService joined = database.service().joining(connection);
            assertThat(joined.schema().apply()).hasSize(5);
            SupportTeam.registered(joined).ticket();
            connection.rollback();
        }
        assertThat(database.value("select count(*) from pg_namespace where nspname = 'counterfoil'"))
                .isEqualTo("0");
    }

    @Test
    void two_schemas_with_strange_names_live_side_by_side() {
        for (String name : List.of("support \"desk\"", "Größe; drop table x --")) {
            TicketService tickets =
                    TicketService.builder(database.connections()).schema(name).build();
            tickets.schema().apply();
            UUID id = SupportTeam.registered(tickets).ticket();
            tickets.agent(SupportTeam.JANE).on(id).assign(SupportTeam.JANE);
            tickets.agent(SupportTeam.JANE).on(id).close();
            assertThat(tickets.schema().verify()).isEmpty();
        }
        assertThat(database.value("select count(*) from \"support \"\"desk\"\"\".tickets"))
                .isEqualTo("1");
    }

    @Test
    void a_name_that_could_end_a_literal_is_refused() {
        for (String name : List.of("", "a'b", "a$$b", "x".repeat(64), "a\0b", "z\n; drop table x; --", "a\rb")) {
            assertThatThrownBy(
                            () -> TicketService.builder(database.connections()).schema(name))
                    .isInstanceOf(InvalidInput.class);
        }
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
