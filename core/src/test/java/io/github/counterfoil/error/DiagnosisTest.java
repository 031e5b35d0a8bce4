package io.github.counterfoil.error;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.LogCapture;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What failed in PostgreSQL can be found from the log, which names objects and quotes nothing. */
class DiagnosisTest {
    private static final String CANARY = "canary_4711";

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void a_trigger_of_the_hosts_that_fails_is_named_with_its_line() {
        trigger("insert into no_such_table values (1);");
        String log = failure("42P01");
        assertThat(log)
                .contains("SQLSTATE 42P01")
                .contains("in PL/pgSQL function public.host_trigger() line 1 at SQL statement")
                .contains("reported by parserOpenTable");
    }

    @Test
    void a_constraint_of_the_hosts_is_named_with_its_table_and_nothing_of_the_row() {
        database.execute(
                "alter table counterfoil.ticket_event add constraint short_enough check (length(body::text) < 9)");
        assertThat(failure("23514"))
                .contains("schema counterfoil")
                .contains("table ticket_event")
                .contains("constraint short_enough");
    }

    @Test
    void a_column_is_named() {
        database.execute("create table audit (who text not null)");
        trigger("insert into public.audit values (null);");
        assertThat(failure("23502")).contains("table audit, column who");
    }

    /** Statements in which PostgreSQL's report would quote what somebody typed, each in another field. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P0001 | raise exception '%', new.body using detail = new.body::text, hint = new.body::text;",
                "P0001 | raise exception 'no' using table = left(new.body::text, 60), column = left(new.body::text, 60),"
                        + " schema = left(new.body::text, 60), constraint = left(new.body::text, 60),"
                        + " datatype = left(new.body::text, 60);",
                "23505 | raise exception 'no' using errcode = 'unique_violation', constraint = left(new.body::text, 60);",
                "22P02 | perform (new.body::text)::integer;",
                "42601 | execute new.body::text;",
                "22012 | execute concat('select 1 / 0 -- ', new.body);",
                "22012 | execute concat('select 1 / 0 /*', chr(10), 'PL/pgSQL function ', new.body ->> 'content',"
                        + " ' line 1 at RAISE', chr(10), '*/');"
            })
    void what_somebody_typed_is_in_no_log_line(String state, String statement) {
        trigger(statement);
        String log = failure(state);
        assertThat(log).contains("SQLSTATE " + state);
    }

    @Test
    void parameters_that_the_server_adds_to_its_reports_are_not_logged() {
        database.execute("alter database " + database.value("select quote_ident(current_database())")
                + " set log_parameter_max_length_on_error = -1");
        trigger("perform 1 / 0;");
        failure("22012");
    }

    @Test
    void an_error_inside_a_wrapper_is_named_too() {
        trigger("insert into no_such_table values (1);");
        FaultyConnections wrapping = new FaultyConnections(database.connections());
        SQLException original = new SQLException();
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("insert into no_such_table values ('" + CANARY + "')");
        } catch (SQLException e) {
            original = e;
        }
        SQLException found = original;
        wrapping.fail("execute", 1, () -> new SQLException(CANARY, new IllegalStateException(CANARY, found)));
        TicketService tickets = TicketService.builder(wrapping).build();
        try (LogCapture log = LogCapture.open()) {
            assertThatThrownBy(() -> tickets.agent(JANE).on(id).ticket())
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo("42P01"));
            assertThat(log.drain()).contains("reported by parserOpenTable").doesNotContain(CANARY);
        }
    }

    @Test
    void an_exception_of_another_kind_is_logged_by_its_class_alone() {
        FaultyConnections wrapping = new FaultyConnections(database.connections());
        TicketService tickets = TicketService.builder(wrapping).build();
        tickets.agent(JANE).on(id).ticket();
        wrapping.fail("execute", 1, () -> new UnsupportedOperationException(CANARY));
        try (LogCapture log = LogCapture.open()) {
            assertThatThrownBy(() -> tickets.agent(JANE).on(id).reply(CANARY))
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo("XX001"));
            assertThat(log.drain())
                    .contains("java.lang.UnsupportedOperationException (SQLSTATE XX001)")
                    .doesNotContain(CANARY);
        }
    }

    private void trigger(String statement) {
        database.execute("create function host_trigger() returns trigger language plpgsql as $host$ begin " + statement
                + " return new; end $host$;"
                + " create trigger host after insert on counterfoil.ticket_event"
                + " for each row execute function host_trigger()");
    }

    /** What is logged when a note fails with this SQLSTATE, without the note's text. */
    private String failure(String state) {
        try (LogCapture log = LogCapture.open()) {
            assertThatThrownBy(() -> team.jane().on(id).note(CANARY))
                    .isInstanceOfSatisfying(
                            DatabaseFailure.class, e -> assertThat(e.sqlState()).isEqualTo(state))
                    .hasMessage("SQLSTATE " + state);
            String logged = log.drain();
            assertThat(logged).doesNotContain(CANARY);
            return logged;
        }
    }
}
