package io.github.counterfoil.testkit;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Background;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.Waiting;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TestDatabaseTest {
    @AutoClose
    private final io.github.counterfoil.testing.TestDatabase server =
            io.github.counterfoil.testing.TestDatabase.unused();

    private final TestDatabase database = TestDatabase.of(server.dataSource());
    private final TicketService tickets = TicketService.builder(server.connections())
            .attachmentsInDatabase()
            .searchable()
            .build();

    private static void somethingInEachTable(TicketService tickets) {
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = team.ada()
                .open(NewTicket.of("Title", "Text").reference(new Reference("mail", "<1@example.com>")))
                .id();
        var file = team.ada().on(id).attachments().add("a.txt", "text/plain", new ByteArrayInputStream(new byte[9]));
        team.ada().on(id).apply(Command.reply("Text").with(List.of(file.id())));
        team.jane()
                .on(id)
                .apply(
                        Command.assign(SupportTeam.JANE),
                        Command.addParticipant(SupportTeam.BOB, Participants.Kind.COPY),
                        Command.follow(),
                        Command.tag("a"),
                        Command.close());
        team.ada().on(id).rate(5, "Fine");
        team.jane().on(id).markRead();
        tickets.changes().register("mail", Start.beginning());
        tickets.changes().announce(true);
        UUID spam = team.ticket();
        tickets.admin(SupportTeam.EVE).purge(spam, UUID.randomUUID());
    }

    private String rows() {
        return TestDatabase.TABLES.stream()
                .filter(table -> !table.equals("adoption_problem"))
                .filter(table -> server.value("select exists (select from counterfoil." + table + ")")
                        .equals("f"))
                .collect(Collectors.joining(" "));
    }

    @Test
    void a_database_of_tests_is_as_it_was_installed_once_it_is_emptied() {
        database.install(tickets);
        somethingInEachTable(tickets);
        assertThat(rows()).as("tables without a row").isEmpty();
        database.reset();
        assertThat(rows().split(" ")).hasSize(TestDatabase.TABLES.size() - 1);
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.schema().additions()).isEmpty();
        somethingInEachTable(tickets);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.agent(SupportTeam.JANE)
                        .find(TicketQuery.all(), PageRequest.oldestFirst(9))
                        .items())
                .extracting("number")
                .containsExactly(1L);
        assertThat(server.value("select announced from counterfoil.change_epoch"))
                .isEqualTo("t");
    }

    @Test
    void every_table_is_emptied_but_those_that_tell_of_the_schema() {
        database.install(tickets);
        assertThat(server.query("select relname from pg_class where relnamespace = 'counterfoil'::regnamespace"
                        + " and relkind in ('r', 'p') and not relispartition"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                TestDatabase.TABLES.stream(),
                                Stream.of("schema_history", "schema_code", "change_epoch"))
                        .toList());
    }

    @Test
    void a_database_in_which_somebody_is_stored_is_neither_taken_for_one_of_tests_nor_emptied() {
        tickets.schema().apply();
        SupportTeam.registered(tickets);
        assertThatThrownBy(() -> database.install(tickets))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a database of their own");
        assertThatThrownBy(database::reset).isInstanceOf(IllegalStateException.class);
        assertThat(tickets.documents().customer(ADA)).isPresent();
    }

    @Test
    void a_database_that_migrations_have_made_is_one_of_tests_as_long_as_nobody_is_stored() {
        tickets.schema().apply();
        assertThatThrownBy(database::reset).isInstanceOf(IllegalStateException.class);
        database.install(tickets).install(tickets).reset();
        SupportTeam.registered(tickets);
        database.install(tickets).reset();
        assertThat(tickets.documents().customer(ADA)).isEmpty();
    }

    @Test
    void in_a_schema_of_another_name_that_others_use_too_nothing_of_theirs_is_touched() {
        server.execute("create schema help_desk; create table help_desk.own as select 1");
        TicketService own =
                TicketService.builder(server.connections()).schema("help_desk").build();
        TestDatabase other = database.schema("help_desk").install(own);
        SupportTeam.registered(own).ticket();
        other.reset();
        assertThat(own.documents().customer(ADA)).isEmpty();
        assertThat(server.value("select count(*) from help_desk.own")).isEqualTo("1");
    }

    @Test
    void rows_of_the_hosts_that_refer_to_what_would_go_keep_it_and_once_they_are_gone_it_goes() {
        database.install(tickets);
        UUID id = SupportTeam.registered(tickets).ticket();
        server.execute("create table public.mail (ticket uuid references counterfoil.ticket (id));"
                + " insert into public.mail values ('" + id + "')");
        assertThatThrownBy(database::reset)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("refers to them")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(tickets.documents().ticket(id)).isPresent();
        assertThat(tickets.schema().verify()).isEmpty();
        server.execute("delete from public.mail");
        database.reset();
        assertThat(tickets.documents().ticket(id)).isEmpty();
    }

    @Test
    void a_pool_with_autocommit_off_does_as_well() {
        database.install(tickets);
        SupportTeam.registered(tickets);
        try (HikariDataSource pool = server.pool(1)) {
            pool.setAutoCommit(false);
            TestDatabase.of(pool).reset();
            assertThat(tickets.documents().customer(ADA)).isEmpty();
            TestDatabase.of(pool).reset();
        }
    }

    @Test
    void who_still_works_in_it_is_waited_for_and_then_named_as_the_reason() throws SQLException {
        database.install(tickets);
        SupportTeam.registered(tickets);
        try (Connection open = server.dataSource().getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("update counterfoil.worker set first_name = first_name");
            TestDatabase impatient = TestDatabase.of(server.dataSource(), Duration.ofMillis(100));
            assertThatThrownBy(impatient::reset)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a transaction is still open");
        }
        assertThat(tickets.documents().customer(ADA)).isPresent();
        database.reset();
    }

    @Test
    void a_copy_of_a_database_of_tests_is_none() {
        database.install(tickets);
        String mark = server.value("select obj_description('counterfoil.schema_history'::regclass)");
        try (io.github.counterfoil.testing.TestDatabase copy = io.github.counterfoil.testing.TestDatabase.unused()) {
            copy.execute("comment on table counterfoil.schema_history is '" + mark + "'");
            assertThatThrownBy(() -> TestDatabase.of(copy.dataSource()).reset())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a database of their own");
        }
    }

    @Test
    void a_service_on_another_database_or_schema_marks_nothing() {
        try (io.github.counterfoil.testing.TestDatabase other = io.github.counterfoil.testing.TestDatabase.unused()) {
            assertThatThrownBy(() -> database.install(
                            TicketService.builder(other.connections()).build()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another database");
        }
        TicketService elsewhere =
                TicketService.builder(server.connections()).schema("help_desk").build();
        server.execute("create schema help_desk");
        assertThatThrownBy(() -> database.install(elsewhere))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schema(name)");
        assertThatThrownBy(database::reset).isInstanceOf(IllegalStateException.class);
        assertThat(tickets.schema().additions()).isEmpty();
    }

    @Test
    void before_anything_is_installed_that_is_said() {
        assertThatThrownBy(() -> database.schema("nowhere").reset())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call install first");
    }

    @Test
    void who_is_the_first_to_be_stored_is_waited_for_before_a_database_is_marked() throws Exception {
        try (Connection open = server.dataSource().getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            SupportTeam.registered(tickets.joining(open));
            CompletableFuture<Void> installing = Background.run(() -> database.install(tickets));
            Waiting.require(
                    "the lock",
                    Duration.ofSeconds(9),
                    () -> server.value(
                                    "select exists (select from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and not granted)")
                            .equals("t"));
            open.commit();
            assertThatThrownBy(installing::get).hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(database::reset).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_transaction_of_the_hosts_is_neither_committed_nor_rolled_back() {
        database.install(tickets);
        server.execute("create table public.own (n int)");
        PGSimpleDataSource within = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                connection.createStatement().execute("insert into public.own values (1)");
                return connection;
            }
        };
        within.setUrl(server.url());
        assertThatThrownBy(() -> TestDatabase.of(within).reset())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has stored something");
        assertThat(server.value("select count(*) from public.own")).isEqualTo("0");
    }

    @Test
    void triggers_of_the_hosts_do_not_fire_and_stay_as_they_were() {
        database.install(tickets);
        server.execute("create table public.log (t text);"
                + " create function public.tell() returns trigger language plpgsql as"
                + " 'begin insert into public.log values (tg_name); return null; end';"
                + " create trigger always after delete on counterfoil.ticket for each row execute function public.tell();"
                + " create trigger \"Off\" after delete on counterfoil.ticket for each row execute function public.tell();"
                + " alter table counterfoil.ticket enable always trigger always, disable trigger \"Off\"");
        SupportTeam.registered(tickets).ticket();
        String modes =
                "select string_agg(tgname::text || tgenabled::text, ' ' order by tgname) from pg_trigger where not tgisinternal";
        String before = server.value(modes);
        database.reset();
        assertThat(server.value(modes)).isEqualTo(before).contains("alwaysA", "OffD");
        assertThat(server.value("select count(*) from public.log")).isEqualTo("0");
    }

    @Test
    void a_server_is_started_for_tests_and_stopped() throws SQLException {
        TestDatabase started = TestDatabase.embedded();
        try (started) {
            TicketService service = TicketService.builder(started.dataSource()).build();
            TestDesk desk = TestDesk.of(service);
            started.install(service);
            desk.assertThat(desk.ticket().open()).isUnassigned();
            started.reset();
        }
        assertThatThrownBy(() -> started.dataSource().getConnection().close()).isInstanceOf(SQLException.class);
    }
}
