package io.github.counterfoil.schema;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of what belongs to tickets as hash partitions. */
class PartitionsTest {
    private TestDatabase database;
    private TicketService tickets;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        tickets = TicketService.builder(database.connections()).searchable().build();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void partition() {
        database.execute(tickets.schema().partitions(8));
    }

    private List<String> partitioned() {
        return database.query("select relname from pg_class where relkind = 'p' order by 1");
    }

    /** A ticket with something in each table. */
    private static UUID worked(SupportTeam team) {
        UUID id = team.ticket();
        team.jane().on(id).addParticipant(SupportTeam.BOB, io.github.counterfoil.ticket.Participants.Kind.COPY);
        team.jane().on(id).follow();
        team.jane().on(id).assign(JANE);
        team.jane().on(id).tag("recall");
        team.jane().on(id).note("Known recall.");
        team.jane().on(id).setField("serial", "A-1");
        team.jane().on(id).close();
        team.ada().on(id).rate(5, "Fine.");
        team.ada().on(id).markRead();
        return id;
    }

    @Test
    void each_table_that_says_which_ticket_a_row_belongs_to_is_partitioned() {
        partition();
        assertThat(partitioned())
                .containsExactlyElementsOf(database.query("select 'ticket' union select table_name::text"
                        + " from information_schema.columns c join information_schema.tables t using (table_schema, table_name)"
                        + " where table_schema = 'counterfoil' and table_type = 'BASE TABLE' and column_name = 'ticket_id'"
                        + " and table_name !~ '_[0-9]+$' order by 1"))
                .contains(
                        "ticket",
                        "ticket_event",
                        "ticket_assignment",
                        "ticket_participant",
                        "ticket_follower",
                        "ticket_read",
                        "ticket_resolution",
                        "ticket_feedback",
                        "ticket_fact",
                        "ticket_search");
        assertThat(database.value("select count(*) from pg_inherits i join pg_class c on c.oid = i.inhparent"
                        + " where c.relname = 'ticket_event' and c.relkind = 'p'"))
                .isEqualTo("8");
    }

    @Test
    void a_partitioned_schema_is_as_made_and_nothing_in_it_is_an_addition() {
        partition();
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.schema().additions()).isEmpty();
        assertThat(tickets.schema().apply()).isEmpty();
        tickets.schema().require();
    }

    @Test
    void tickets_that_are_there_move_with_all_that_is_theirs() {
        SupportTeam team = SupportTeam.registered(tickets);
        List<UUID> ids = List.of(worked(team), worked(team), worked(team), worked(team));
        List<JsonValue> before = documents(ids);
        partition();
        assertThat(documents(ids)).isEqualTo(before);
        ids.forEach(id -> team.ada().on(id).reply("It burns again."));
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(Integer.parseInt(database.value("select count(distinct tableoid) from counterfoil.ticket_event")))
                .isGreaterThan(1);
    }

    private List<JsonValue> documents(List<UUID> ids) {
        return ids.stream()
                .map(id -> tickets.documents().ticket(id).orElseThrow())
                .toList();
    }

    @Test
    void run_again_it_changes_nothing() {
        partition();
        String state =
                "select string_agg(oid::text, ',' order by oid) from pg_class where relnamespace = 'counterfoil'::regnamespace"
                        + " and relkind in ('r', 'p')";
        String before = database.value(state);
        database.execute(tickets.schema().partitions(16));
        assertThat(database.value(state)).isEqualTo(before);
    }

    @Test
    void a_schema_of_another_release_is_left_alone() {
        database.execute("update counterfoil.schema_code set revision = revision + 1");
        assertThat(database.refusal(tickets.schema().partitions(8))).isEqualTo("55000");
        assertThat(partitioned()).isEmpty();
    }

    @Test
    void a_schema_that_is_not_there_is_told_as_that() {
        try (TestDatabase empty = TestDatabase.empty()) {
            assertThat(empty.refusal(tickets.schema().partitions(8))).isEqualTo("55000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into counterfoil.%1$s select * from counterfoil.%1$s",
                "update counterfoil.%1$s set %2$s = gen_random_uuid()",
                "delete from counterfoil.%1$s",
                "truncate counterfoil.%1$s cascade",
                "set counterfoil.command = 'on'; truncate counterfoil.%1$s cascade"
            })
    void guards_hold_at_each_partition(String sql) {
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = worked(team);
        partition();
        for (String table : partitioned()) {
            String key = table.equals("ticket") ? "id" : "ticket_id";
            String partition = database.value("select tableoid::regclass from counterfoil." + table + " where " + key
                            + " = '" + id + "' limit 1")
                    .substring("counterfoil.".length());
            String columns = "select string_agg(column_name, ', ') from information_schema.columns"
                    + " where table_schema = 'counterfoil' and table_name = '" + table + "' and is_generated = 'NEVER'";
            String statement = sql.startsWith("insert")
                    ? "insert into counterfoil.%1$s (%2$s) select %2$s from counterfoil.%1$s"
                            .formatted(partition, database.value(columns))
                    : sql.formatted(partition, key);
            assertThat(database.refusal(statement)).as(statement).isEqualTo("42501");
        }
        assertThat(tickets.verify(id).discrepancies()).isEmpty();
    }

    @Test
    void history_is_not_changed_at_a_partition_even_by_who_opens_the_guards() {
        partition();
        for (String change : List.of(
                "delete from counterfoil.ticket_event_3", "update counterfoil.ticket_event_3 set body = '{}'")) {
            assertThat(database.refusal("set counterfoil.command = 'on'; " + change))
                    .isEqualTo("42501");
        }
        assertThat(database.refusal("update counterfoil.ticket_event_3 set created_by_first_name = 'Nobody'"))
                .isEqualTo("42501");
    }

    @Test
    void a_guard_that_a_partition_lost_is_named_and_comes_back() {
        partition();
        database.execute("drop trigger guard_truncate on counterfoil.ticket_event_3");
        assertThat(tickets.schema().verify())
                .singleElement()
                .asString()
                .startsWith("trigger ticket_event.guard_truncate is not as made: ")
                .contains(" BUT NOT ON ticket_event_3, ");
        assertThat(tickets.schema().apply()).hasSize(1);
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(database.refusal("truncate counterfoil.ticket_event_3")).isEqualTo("42501");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table counterfoil.ticket_event_3 disable trigger guard_history",
                "alter table counterfoil.ticket_event_3 disable trigger guard_insert",
                "alter table counterfoil.ticket_event_3 set unlogged",
                "create rule mine as on update to counterfoil.ticket_event_3 do instead nothing",
                "grant insert on counterfoil.ticket_event_3 to public"
            })
    void what_was_done_to_a_partition_is_named(String sql) {
        partition();
        database.execute(sql);
        assertThat(tickets.schema().verify()).singleElement().asString().contains("ticket_event");
    }

    @Test
    void what_the_host_added_stays() {
        database.execute("""
                create index mine on counterfoil.ticket (priority);
                create table public.invoice (ticket_id uuid references counterfoil.ticket on delete restrict);
                create function public.told() returns trigger language plpgsql as 'begin return null; end';
                create trigger told after insert on counterfoil.ticket for each row execute function public.told();
                alter table counterfoil.ticket add column tenant text default 'a' check (tenant <> '');
                comment on column counterfoil.ticket.tenant is 'whose';
                alter table counterfoil.ticket_event set (fillfactor = 90);
                """);
        List<String> before = tickets.schema().additions();
        partition();
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.schema().additions()).isEqualTo(before).hasSize(4);
        assertThat(database.value(
                        "select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'public.invoice'::regclass"
                                + " and conparentid = 0"))
                .isEqualTo("FOREIGN KEY (ticket_id) REFERENCES counterfoil.ticket(id) ON DELETE RESTRICT");
        assertThat(database.value("select reloptions::text from pg_class where relname = 'ticket_event_3'"))
                .isEqualTo("{fillfactor=90}");
        assertThat(database.value("select col_description('counterfoil.ticket'::regclass, attnum) from pg_attribute"
                        + " where attrelid = 'counterfoil.ticket'::regclass and attname = 'tenant'"))
                .isEqualTo("whose");
    }

    @Test
    void what_the_host_settled_stays() {
        database.execute("""
                create schema "Other-Schema";
                create function public.told() returns trigger language plpgsql as 'begin return null; end';
                create trigger quiet after insert on counterfoil.ticket for each row execute function public.told();
                create trigger always after insert on counterfoil.ticket for each row execute function public.told();
                alter table counterfoil.ticket disable trigger quiet;
                alter table counterfoil.ticket enable always trigger always;
                alter table counterfoil.ticket_event replica identity full;
                create publication following for table counterfoil.ticket (id, title), counterfoil.ticket_event
                    with (publish_via_partition_root = true);
                set quote_all_identifiers = on
                """);
        partition();
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(
                        database.query(
                                "select tgname || ' ' || tgenabled::text from pg_trigger"
                                        + " where tgrelid = 'counterfoil.ticket'::regclass and tgname in ('quiet', 'always') order by 1"))
                .containsExactly("always A", "quiet D");
        assertThat(database.query(
                        "select distinct relreplident::text from pg_class where relname like 'ticket\\_event%'"
                                + " and relkind in ('p', 'r')"))
                .containsExactly("f");
        assertThat(database.query("select relname || ' ' || coalesce(array_length(prattrs::int[], 1), 0)::text"
                        + " from pg_publication_rel join pg_class c on c.oid = prrelid order by 1"))
                .containsExactly("ticket 2", "ticket_event 0");
    }

    @Test
    void who_works_meanwhile_is_waited_for_and_waits() throws Exception {
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = worked(team);
        AtomicBoolean done = new AtomicBoolean();
        List<Runnable> calls = List.of(
                () -> team.jane().on(id).note("Note"),
                () -> team.tickets().figures().worker(JANE, Instant.EPOCH, Instant.now()),
                () -> team.tickets().documents().ticket(id),
                () -> team.ada().open(NewTicket.of("Title", "Text")));
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            for (Runnable call : calls) {
                threads.execute(() -> {
                    while (!done.get()) {
                        try {
                            call.run();
                        } catch (DatabaseFailure e) {
                            // It waited, and what it had looked up is another table now.
                            assertThat(e.sqlState()).isIn("XX000", "42P01");
                        }
                    }
                });
            }
            partition();
        } finally {
            done.set(true);
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(partitioned()).hasSize(12);
        assertThat(tickets.schema().verify()).isEmpty();
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void whose_ticket_moves_to_another_customer_while_they_wait_at_a_partition_does_not_find_it() throws Exception {
        partition();
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = worked(team);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection transaction = database.dataSource().getConnection()) {
            transaction.setAutoCommit(false);
            tickets.joining(transaction).agent(JANE).on(id).moveToCustomer(SupportTeam.BOB);
            Future<?> waiting = threads.submit(() -> assertThatExceptionOfType(TicketNotFound.class)
                    .isThrownBy(() -> team.ada().on(id).reply("After it")));
            database.awaitWaiting(1);
            transaction.commit();
            waiting.get(1, TimeUnit.MINUTES);
        } finally {
            threads.shutdown();
        }
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_view_of_the_hosts_stops_it_and_nothing_is_changed() {
        database.execute("create view public.mine as select id from counterfoil.ticket");
        assertThat(database.refusal(tickets.schema().partitions(8))).isEqualTo("2BP01");
        assertThat(partitioned()).isEmpty();
        assertThat(tickets.schema().verify()).isEmpty();
    }

    @Test
    void roles_keep_what_they_were_granted() {
        String worker = TestDatabase.plainRole("counterfoil_partitions_app");
        String reader = TestDatabase.plainRole("counterfoil_partitions_reader");
        try {
            database.execute(tickets.schema().grants(worker));
            database.execute("grant usage on schema counterfoil to " + reader + "; grant select on counterfoil.tickets,"
                    + " counterfoil.ticket_assignment to " + reader);
            partition();
            assertThat(tickets.schema().verify()).isEmpty();
            SupportTeam team = SupportTeam.registered(
                    TicketService.builder(database.dataSource(worker)).build());
            team.tickets().schema().require();
            UUID id = worked(team);
            assertThat(team.jane().on(id).ticket().id()).isEqualTo(id);
            assertThat(refusal(reader, "select id from counterfoil.tickets where false"))
                    .isEqualTo("42501");
            assertThat(refusal(reader, "select * from counterfoil.ticket_assignment"))
                    .isEqualTo("not refused");
            assertThat(refusal(reader, "select * from counterfoil.ticket")).isEqualTo("42501");
            assertThat(refusal(worker, "select * from counterfoil.ticket_event_3"))
                    .isEqualTo("42501");
        } finally {
            database.close();
            TestDatabase.dropRoles(worker, reader);
        }
    }

    private String refusal(String role, String sql) {
        try (Connection connection = database.dataSource(role).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "not refused";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @Test
    void a_later_file_changes_partitioned_tables_as_it_changes_whole_ones() {
        partition();
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = worked(team);
        database.execute("""
                do $$ begin lock table counterfoil.ticket in access exclusive mode; end $$;
                alter table counterfoil.ticket add column weighed_at timestamptz;
                alter table counterfoil.ticket_event add column source text not null default 'desk';
                alter table counterfoil.ticket add constraint ticket_weighed_check check (weighed_at > created_at);
                create index ticket_weighed_idx on counterfoil.ticket (weighed_at);
                """);
        team.ada().on(id).reply("Again.");
        assertThat(database.query("select distinct source from counterfoil.ticket_event"))
                .containsExactly("desk");
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
        assertThat(tickets.schema().verify()).isEmpty();
    }

    @Test
    void what_was_dropped_comes_back_on_partitioned_tables() {
        partition();
        database.execute(
                "drop trigger guard_history on counterfoil.ticket_event; drop trigger guard_change on counterfoil.ticket;"
                        + " drop view counterfoil.tickets; drop function counterfoil.text_array");
        assertThat(tickets.schema().apply()).hasSize(1);
        assertThat(tickets.schema().verify()).isEmpty();
        worked(SupportTeam.registered(tickets));
    }

    @Test
    void other_names_may_hold_any_character() {
        try (TestDatabase other = TestDatabase.empty()) {
            TicketService odd = TicketService.builder(other.connections())
                    .schema("Help %desk\"s")
                    .usersTable("Host s", "User%s", "uid")
                    .build();
            odd.schema().apply();
            other.execute(odd.schema().partitions(2));
            assertThat(odd.schema().verify()).isEmpty();
            assertThat(odd.schema().additions()).isEmpty();
            UUID id = worked(SupportTeam.registered(odd));
            assertThat(odd.verify(id).discrepancies()).isEmpty();
            assertThat(other.refusal("truncate \"Help %desk\"\"s\".ticket_event_1"))
                    .isEqualTo("42501");
        }
    }

    @Test
    void row_level_security_before_and_after_holds_at_partitions() {
        RowLevelSecurity roles = RowLevelSecurity.plain()
                .roles("counterfoil_part_owner", "counterfoil_part_app", "counterfoil_part_customer");
        try {
            SupportTeam team = SupportTeam.registered(tickets);
            UUID id = worked(team);
            database.asSuperuser(tickets.schema().rowLevelSecurity(roles));
            database.asSuperuser(tickets.schema().partitions(8));
            Schema schema = TicketService.builder(database.superuser()).build().schema();
            assertThat(schema.verify()).isEmpty();
            database.asSuperuser(tickets.schema().rowLevelSecurity(roles));
            assertThat(schema.verify()).isEmpty();
            assertThat(database.superuserQuery(
                            "select relname from pg_class where relnamespace = 'counterfoil'::regnamespace"
                                    + " and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity"
                                    + " and relowner = 'counterfoil_part_owner'::regrole)"))
                    .isEmpty();
            // Whoever is granted a partition by mistake sees nothing in it, and writes nothing to it.
            database.asSuperuser(
                    "grant usage on schema counterfoil to counterfoil_part_customer;"
                            + " grant select, insert, delete, truncate on all tables in schema counterfoil to counterfoil_part_customer");
            String partition = database.superuserValue(
                    "select tableoid::regclass from counterfoil.ticket_event where ticket_id = '" + id + "' limit 1");
            assertThat(asCustomer("select count(*)::text from " + partition)).isEqualTo("0");
            assertThat(asCustomer("truncate " + partition)).isEqualTo("42501");
        } finally {
            database.close();
            TestDatabase.dropRoles("counterfoil_part_customer", "counterfoil_part_app", "counterfoil_part_owner");
        }
    }

    private String asCustomer(String sql) {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set role counterfoil_part_customer");
            if (!statement.execute(sql)) {
                return "not refused";
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1, 1025})
    void a_number_of_parts_that_makes_no_sense_is_refused_before_any_sql(int parts) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> tickets.schema().partitions(parts))
                .withMessageContaining("parts.out_of_range");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> tickets.schema().citus(parts))
                .withMessageContaining("parts.out_of_range");
    }

    @Test
    void a_database_without_citus_is_left_alone() {
        assertThat(database.refusal(tickets.schema().citus(8))).isEqualTo("55000");
        assertThat(tickets.schema().verify()).isEmpty();
    }

    @Test
    @Tag("storage")
    void a_run_on_partitions_is_one() {
        try (TestDatabase ready = TestDatabase.withSchema()) {
            int parts = Integer.getInteger("counterfoil.partitions", 0);
            assertThat(ready.value("select count(*) from pg_inherits i join pg_class c on c.oid = i.inhparent"
                            + " where c.oid = 'counterfoil.ticket_event'::regclass"))
                    .isEqualTo(Integer.toString(parts));
        }
    }

    @Test
    void no_ticket_of_anybody_is_read_from_a_partition_that_it_is_not_in() {
        partition();
        SupportTeam team = SupportTeam.registered(tickets);
        UUID id = worked(team);
        assertThat(database.query("explain select * from counterfoil.ticket_event where ticket_id = '" + id + "'"))
                .filteredOn(line -> line.contains("Scan"))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(tickets.customer(ADA).on(id).ticket().id()).isEqualTo(id);
    }
}
