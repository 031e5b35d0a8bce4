package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.SchemaMismatch;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Installed and used by roles that may do no more than they need. */
class RolesTest {
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private TestDatabase database;
    private final List<String> roles = new ArrayList<>();

    @BeforeEach
    void open() {
        database = TestDatabase.empty();
    }

    @AfterEach
    void close() {
        database.close();
        TestDatabase.dropRoles(roles.toArray(String[]::new));
    }

    private String role(String name) {
        String role = TestDatabase.plainRole(name + "_" + suffix);
        roles.add(role);
        return role;
    }

    private TicketService as(String role) {
        return TicketService.builder(database.dataSource(role)).build();
    }

    /** All that there is to do, so that what a role lacks shows. */
    private static UUID useAll(TicketService tickets) {
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = team.ada()
                .open(NewTicket.of("Printer on fire", "It burns.").channel("web"))
                .id();
        team.jane().on(id).assign(JANE);
        team.jane().on(id).note("A note");
        team.jane().on(id).setField("serial", "A-1");
        team.jane().on(id).tag("fire");
        team.ada().on(id).reply("Please");
        team.jane().on(id).close();
        team.ada().on(id).rate(5, "Fine");
        team.ada().on(id).reopen();
        tickets.admin(EVE).deactivate(TOM);
        tickets.admin(EVE).erase(TOM);
        JsonValue document = tickets.documents().ticket(id).orElseThrow();
        assertThat(tickets.documents()
                        .importTickets(List.of(document).iterator())
                        .present())
                .isEqualTo(1);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.schema().apply()).isEmpty();
        tickets.schema().require();
        return id;
    }

    @Test
    void the_tests_run_as_a_role_that_owns_its_database_and_nothing_else() {
        assertThat(database.value(
                        "select concat_ws(' ', rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication)"
                                + " from pg_roles where rolname = current_user"))
                .isEqualTo("f f f f f");
    }

    @Test
    void the_owner_of_a_schema_who_may_create_none_installs_uses_and_upgrades_it() {
        String owner = role("schema_owner");
        database.asSuperuser("""
                create schema counterfoil authorization %1$s;
                create schema auth;
                create table auth.users (id uuid primary key);
                insert into auth.users values ('%2$s'), ('%3$s'), ('%4$s'), ('%5$s'), ('%6$s');
                grant usage on schema auth to %1$s;
                grant select, references on auth.users to %1$s;
                revoke create, temporary on database %7$s from public;
                """.formatted(
                        owner, ADA, SupportTeam.BOB, JANE, TOM, EVE, database.value("select current_database()")));
        TicketService tickets = as(owner);
        tickets.schema().apply();
        useAll(tickets);
        assertThat(database.superuserValue(
                        "select has_database_privilege('" + owner + "', current_database(), 'create')"))
                .isEqualTo("f");
    }

    @Test
    void one_role_owns_and_another_works() throws SQLException {
        String worker = role("works");
        TicketService owner = database.service();
        owner.schema().apply();
        database.execute(owner.schema().grants(worker));
        UUID id = useAll(as(worker));

        try (Connection connection = database.dataSource(worker).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "set counterfoil.command = 'on'; update counterfoil.ticket set title = 'Harmless'",
                    "set counterfoil.command = 'on'; delete from counterfoil.ticket",
                    "set counterfoil.command = 'on'; insert into counterfoil.ticket_event (ticket_id) select ticket_id from counterfoil.ticket_event",
                    "set counterfoil.erasure = 'on'; update counterfoil.ticket_event set created_by_first_name = 'x'",
                    "update counterfoil.worker set role = 'admin'",
                    "delete from counterfoil.customer",
                    "truncate counterfoil.adoption_problem",
                    "insert into counterfoil.schema_history (version, name) values (99, 'x')",
                    "update counterfoil.schema_code set revision = 99",
                    "alter table counterfoil.ticket disable trigger all",
                    "drop function counterfoil.refuse_change() cascade",
                    "create table counterfoil.mine (id int)",
                    "insert into auth.users values (gen_random_uuid())")) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
        assertThat(database.service().verify(id).discrepancies()).isEmpty();
    }

    @Test
    void who_works_with_grants_alone_searches_marks_and_follows() throws SQLException {
        String worker = role("works");
        database.service().schema().apply();
        database.execute(database.service().schema().grants(worker));
        TicketService tickets =
                TicketService.builder(database.dataSource(worker)).searchable().build();
        UUID id = useAll(tickets);
        SupportTeam team = new SupportTeam(tickets);
        for (String text : List.of("printer", "please", "note", "serial")) {
            team.jane().find(TicketQuery.all().matching(text), PageRequest.newestFirst(10));
            team.ada().find(TicketQuery.all().matching(text), PageRequest.newestFirst(10));
        }
        assertThat(team.ada()
                        .find(TicketQuery.all().matching("printer"), PageRequest.newestFirst(10))
                        .items())
                .singleElement()
                .satisfies(found ->
                        assertThat(found.fragment().orElseThrow().text()).isEqualTo("Printer on fire\nIt burns."));
        team.jane().on(id).markRead();
        team.ada().on(id).markRead();
        tickets.changes().register("broker", Start.beginning());
        tickets.changes()
                .acknowledge("broker", tickets.changes().read("broker", 10).token());
        tickets.changes().process("broker", 10, (changes, transaction) -> {});
        tickets.changes().forCustomers().pull(Start.beginning(), 10);
        tickets.changes().rewind("broker", Start.beginning());
        tickets.changes().process("broker", 10, (changes, transaction) -> {
            team.ada().on(id).reply("Meanwhile");
            assertThat(tickets.changes().lag("broker").heldSince())
                    .as("since when the role's own transaction holds back what is stored")
                    .isPresent();
        });
        tickets.changes().process("broker", 10, (changes, transaction) -> {});
        tickets.changes().announce(true);
        try (Connection connection = database.dataSource(worker).getConnection()) {
            assertThat(tickets.changes().await("broker", connection, Duration.ofMillis(20)))
                    .isFalse();
        }
        tickets.changes().announce(false);
        tickets.changes().pause("broker");
        tickets.changes().remove("broker");
        tickets.searchIndex().catchUp(100);
        tickets.searchIndex().lag();
    }

    @Test
    void functions_with_their_owners_rights_are_nobodys_who_was_not_granted_them() {
        TicketService owner = database.service();
        owner.schema().apply();
        assertThat(database.query(
                        "select p.oid::regprocedure from pg_proc p where pronamespace = 'counterfoil'::regnamespace"
                                + " and has_function_privilege('public', p.oid, 'execute')"))
                .isEmpty();
        assertThat(database.query(
                        "select p.oid::regprocedure from pg_proc p where pronamespace = 'counterfoil'::regnamespace"
                                + " and prosecdef and not proconfig @> array['search_path=counterfoil, pg_temp']"))
                .isEmpty();
    }

    @Test
    void who_could_work_can_work_with_what_an_upgrade_brings() {
        String worker = role("works");
        TicketService owner = database.service();
        owner.schema().apply();
        database.execute(owner.schema().grants(worker));
        database.execute("drop function counterfoil.worker_figures; drop view counterfoil.workers;"
                + " update counterfoil.schema_code set revision = 0, checksum = 'before'");
        owner.schema().apply();
        as(worker).schema().require();
        SupportTeam.registered(as(worker));
        assertThatCode(() -> as(worker).figures().worker(JANE, Instant.EPOCH, Instant.now()))
                .doesNotThrowAnyException();
    }

    @Test
    void who_was_granted_less_is_granted_no_more_by_an_upgrade() {
        String kiosk = role("kiosk");
        TicketService owner = database.service();
        owner.schema().apply();
        database.execute("grant usage on schema counterfoil to " + kiosk
                + "; grant execute on function counterfoil.open_ticket to " + kiosk
                + "; update counterfoil.schema_code set revision = 0, checksum = 'before'");
        owner.schema().apply();
        assertThat(database.query("select p.proname from pg_proc p where pronamespace = 'counterfoil'::regnamespace"
                        + " and has_function_privilege('" + kiosk + "', p.oid, 'execute')"))
                .containsExactly("open_ticket");
        assertThat(database.query("select relname from pg_class where relnamespace = 'counterfoil'::regnamespace"
                        + " and relkind in ('r', 'v') and has_table_privilege('" + kiosk + "', oid, 'select')"))
                .isEmpty();
    }

    @Test
    void a_missing_right_is_told_from_a_missing_schema() {
        String worker = role("works");
        TicketService tickets = as(worker);
        assertMismatch(tickets, "schema.missing", "schema counterfoil is not there");
        database.service().schema().apply();
        assertMismatch(tickets, "schema.not_permitted", "lacks USAGE on schema counterfoil: its owner grants it");
        database.execute("grant usage on schema counterfoil to " + worker);
        assertMismatch(tickets, "schema.not_permitted", "lacks SELECT on schema_history");
        assertThat(tickets.schema().verify()).containsExactly("SELECT on schema_history is missing");
        assertThatThrownBy(() -> tickets.schema().apply()).isInstanceOf(SchemaMismatch.class);

        database.execute("grant select on all tables in schema counterfoil to " + worker);
        assertThatThrownBy(() -> tickets.schema().require())
                .isInstanceOf(SchemaMismatch.class)
                .hasMessageContaining("EXECUTE on apply_command");
        database.execute("revoke select on counterfoil.worker from " + worker);
        assertThatThrownBy(() -> tickets.schema().require()).hasMessageContaining("SELECT on worker");
        database.execute(tickets.schema().grants(worker));
        tickets.schema().require();
        useAll(tickets);
    }

    @Test
    void a_role_that_may_not_install_is_told_which_right_it_lacks() {
        String installer = role("installs");
        TicketService tickets = as(installer);
        String name = database.value("select current_database()");
        assertLacks(
                tickets, "lacks CREATE on database " + name + " (there is no schema counterfoil and no schema auth):");

        database.asSuperuser("create schema counterfoil; grant usage, create on schema counterfoil to " + installer);
        assertLacks(tickets, "lacks CREATE on database " + name + " (there is no schema auth):");

        database.asSuperuser("revoke usage, create on schema counterfoil from " + installer
                + "; create schema auth; create table auth.users (id uuid primary key)");
        assertLacks(tickets, "lacks USAGE on schema counterfoil:");

        database.asSuperuser("grant usage on schema counterfoil to " + installer);
        assertLacks(
                tickets,
                "lacks CREATE on schema counterfoil, USAGE on schema auth,"
                        + " REFERENCES on auth.users, SELECT on auth.users:");

        database.asSuperuser("grant usage, create on schema counterfoil to %1$s; grant usage on schema auth to %1$s;"
                .formatted(installer));
        database.asSuperuser("grant select on auth.users to " + installer);
        assertLacks(tickets, "lacks REFERENCES on auth.users:");

        database.asSuperuser("grant references (id) on auth.users to " + installer);
        assertThat(tickets.schema().apply()).isNotEmpty();
    }

    @Test
    void a_role_that_does_not_own_the_tables_is_told_so_when_there_is_something_to_do() {
        String other = role("other");
        TicketService owner = database.service();
        owner.schema().apply();
        database.execute(owner.schema().grants(other));
        database.execute("update counterfoil.schema_code set revision = 0, checksum = 'before'");
        assertLacks(as(other), "lacks CREATE on schema counterfoil, ownership of counterfoil.ticket:");
    }

    private static void assertLacks(TicketService tickets, String message) {
        assertThatThrownBy(() -> tickets.schema().apply())
                .isInstanceOfSatisfying(
                        SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo("schema.not_permitted"))
                .hasMessageContaining(message);
    }

    private static void assertMismatch(TicketService tickets, String code, String message) {
        for (Runnable use : List.<Runnable>of(
                () -> tickets.people().customer(ADA), () -> tickets.schema().require())) {
            assertThatThrownBy(use::run)
                    .isInstanceOfSatisfying(
                            SchemaMismatch.class, e -> assertThat(e.code()).isEqualTo(code))
                    .hasMessageContaining(message);
        }
    }

    @Test
    void a_missing_right_does_not_break_the_hosts_transaction() throws SQLException {
        String worker = role("works");
        database.service().schema().apply();
        try (Connection tx = database.dataSource(worker).getConnection();
                Statement statement = tx.createStatement()) {
            tx.setAutoCommit(false);
            TicketService joined = database.service().joining(tx);
            assertThatThrownBy(() -> joined.people().customer(ADA)).isInstanceOf(SchemaMismatch.class);
            assertThatCode(() -> statement.execute("select 1")).doesNotThrowAnyException();
            tx.rollback();
        }
    }

    @Test
    void names_that_are_none_are_refused() {
        for (String name : List.of("", "a'b", "a$b", "a\nb", "public", "x".repeat(64))) {
            assertThatThrownBy(() -> database.service().schema().grants(name))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith("role.");
        }
        String strange = "Works \"here\" <role> %s";
        assertThat(database.service().schema().grants(strange)).contains("to \"Works \"\"here\"\" <role> %s\";");
    }

    @Test
    void two_schemas_are_installed_at_once_in_an_empty_database() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 6; round++) {
                try (TestDatabase empty = TestDatabase.empty()) {
                    List<Future<?>> running = new ArrayList<>();
                    for (String name : List.of("support", "sales")) {
                        TicketService tickets = TicketService.builder(empty.dataSource())
                                .schema(name)
                                .build();
                        running.add(threads.submit(() -> tickets.schema().apply()));
                    }
                    for (Future<?> one : running) {
                        one.get();
                    }
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
