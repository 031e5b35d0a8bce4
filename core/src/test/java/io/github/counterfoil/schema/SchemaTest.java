package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.testing.CountingProxy;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The schema: listed, applied once, verified, under any name. */
class SchemaTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.empty();

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
            assertThat(tickets.schema().verify())
                    .containsExactly(
                            "the database's encoding is " + encoding + ", and not UTF8",
                            "schema counterfoil is missing");
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
                .satisfies(e -> assertThat(e.required()).isEqualTo(23))
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
            int files = database.service().schema().files().size();
            assertThat(applied).containsOnly(0, files).containsOnlyOnce(files);
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
            assertThat(joined.schema().apply()).hasSameSizeAs(joined.schema().files());
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
    void where_nothing_is_to_do_applying_takes_few_round_trips() {
        try (TestDatabase ready = TestDatabase.withSchema();
                CountingProxy proxy = CountingProxy.before(ready.url())) {
            PGSimpleDataSource through = new PGSimpleDataSource();
            through.setUrl(proxy.url());
            try (HikariDataSource pool = TestDatabase.pool(through, 1)) {
                Schema schema = TicketService.builder(pool).build().schema();
                schema.apply();
                assertThat(proxy.count(() -> assertThat(schema.apply()).isEmpty()))
                        .as(
                                "begin, level of isolation, lock, catalogs, history, what was dropped, a look at the transaction, commit")
                        .isEqualTo(8);
            }
        }
    }

    @Test
    void what_differs_from_this_release_only_in_its_revision_is_run_again() {
        TicketService tickets = database.service();
        tickets.schema().apply();
        database.execute("update counterfoil.schema_code set revision = 0");
        assertThat(tickets.schema().verify()).containsExactly("file R__counterfoil_code.sql was not run");
        assertThat(tickets.schema().apply())
                .extracting(Schema.SqlFile::fileName)
                .containsExactly("R__counterfoil_code.sql");
        assertThat(tickets.schema().verify()).isEmpty();
    }

    /** What PostgreSQL prints depends on settings that a role may have. */
    @Test
    void a_sessions_settings_make_nothing_look_dropped() throws SQLException {
        database.service().schema().apply();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local quote_all_identifiers = on; set local search_path = counterfoil");
            assertThat(database.service().joining(connection).schema().apply()).isEmpty();
            connection.rollback();
        }
    }
}
