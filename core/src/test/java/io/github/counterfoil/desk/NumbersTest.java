package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A ticket has a short number beside its id, which no other ticket has or gets. */
@Tag("storage")
class NumbersTest {
    private static final NewTicket PRINTER = NewTicket.of("Printer on fire", "It burns.");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final PageRequest ALL = PageRequest.oldestFirst(200);
    private static final int MEASURED = 60;
    private static final int OPENERS = 8;
    private static final int OPENINGS = 25;

    @AutoClose
    private final TestDatabase database = TestDatabase.unused();

    private final SupportTeam team = SupportTeam.in(database);

    @Test
    void both_sides_see_a_ticket_under_one_number_which_finds_it() {
        CustomerTicket opened = team.ada().open(PRINTER);
        Ticket later = team.jane().open(ADA, PRINTER);
        assertThat(later.number()).isGreaterThan(opened.number());
        assertThat(team.ada().on(opened.id()).ticket()).isEqualTo(opened);
        assertThat(team.jane().on(opened.id()).ticket().number()).isEqualTo(opened.number());
        assertThat(team.ada().find(TicketQuery.all(), ALL).items())
                .extracting(CustomerTicketSummary::number)
                .containsExactly(opened.number(), later.number());
        assertThat(team.jane().find(TicketQuery.all(), ALL).items())
                .extracting(TicketSummary::number)
                .containsExactly(opened.number(), later.number());
        assertThat(team.ada().findByNumber(opened.number())).contains(opened);
        assertThat(team.jane().findByNumber(later.number())).contains(later);
        assertThat(team.ada().findByNumber(later.number()))
                .contains(team.ada().on(later.id()).ticket());
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_number_of_another_customers_ticket_and_of_none_get_the_same_answer() {
        long number = team.ada().open(PRINTER).number();
        assertThat(team.bob().findByNumber(number)).isEmpty();
        assertThat(team.bob().findByNumber(number + 1)).isEmpty();
        assertThat(team.bob().findByNumber(Long.MIN_VALUE)).isEmpty();
        assertThat(team.jane().findByNumber(number + 1)).isEmpty();
        TicketService tickets = team.tickets();
        UUID nobody = UUID.randomUUID();
        for (long any : new long[] {number, number + 1}) {
            assertThatThrownBy(() -> tickets.customer(nobody).findByNumber(any)).isInstanceOf(NotAllowed.class);
            assertThatThrownBy(() -> tickets.agent(nobody).findByNumber(any)).isInstanceOf(NotAllowed.class);
        }
    }

    @Test
    void an_opening_that_is_repeated_has_the_same_number_and_takes_none() {
        UUID command = UUID.randomUUID();
        CustomerTicket first = team.ada().open(PRINTER, command);
        for (int i = 0; i < 5; i++) {
            assertThat(team.ada().open(PRINTER, command)).isEqualTo(first);
        }
        assertThat(team.ada().open(PRINTER).number()).isEqualTo(first.number() + 1);
    }

    @Test
    void nothing_that_happens_to_tickets_changes_a_number_or_the_next() {
        CustomerTicket opened = team.ada().open(PRINTER);
        AgentHandle printer = team.jane().on(opened.id());
        printer.assign(JANE);
        printer.note("Known recall");
        printer.reply("Unplug it.");
        printer.moveToCustomer(SupportTeam.BOB);
        printer.close();
        assertThat(printer.ticket().number()).isEqualTo(opened.number());
        assertThat(team.ada().open(PRINTER).number()).isEqualTo(opened.number() + 1);
    }

    @Test
    void of_openers_side_by_side_each_gets_numbers_of_its_own_that_grow() throws Exception {
        List<Callable<List<Long>>> openers = new ArrayList<>();
        for (int opener = 0; opener < OPENERS; opener++) {
            openers.add(() -> {
                List<Long> numbers = new ArrayList<>();
                for (int i = 0; i < OPENINGS; i++) {
                    numbers.add(team.ada().open(PRINTER).number());
                }
                return numbers;
            });
        }
        Set<Long> all = new TreeSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(OPENERS);
        try {
            for (Future<List<Long>> opener : threads.invokeAll(openers)) {
                assertThat(opener.get()).isSorted();
                all.addAll(opener.get());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(all).hasSize(OPENERS * OPENINGS);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void an_opening_that_is_rolled_back_leaves_a_gap_and_nothing_else() throws SQLException {
        long before = team.ada().open(PRINTER).number();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            assertThat(team.tickets()
                            .joining(connection)
                            .customer(ADA)
                            .open(PRINTER)
                            .number())
                    .isEqualTo(before + 1);
            connection.rollback();
        }
        assertThat(team.jane().findByNumber(before + 1)).isEmpty();
        assertThat(team.ada().open(PRINTER).number()).isEqualTo(before + 2);
    }

    @Test
    void imported_tickets_get_numbers_in_the_order_in_which_they_are_given() {
        List<ImportedTicket> given = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            given.add(ImportedTicket.of(UUID.randomUUID(), PRINTER, ADA, LONG_AGO.minusSeconds(i)));
        }
        for (int run = 0; run < 2; run++) {
            assertThat(importing(given).faults()).isEmpty();
            List<Long> numbers = given.stream()
                    .map(ticket -> team.jane().on(ticket.id()).ticket().number())
                    .toList();
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
            assertThat(numbers.get(19)).isEqualTo(numbers.get(0) + 19);
        }
        long last = team.jane().on(given.get(19).id()).ticket().number();
        assertThat(team.ada().open(PRINTER).number())
                .as("that of the second run took none")
                .isEqualTo(last + 1);
    }

    @Test
    void a_number_that_comes_along_is_kept_and_openings_go_on_beyond_it() {
        ImportedTicket ticket = ImportedTicket.of(UUID.randomUUID(), PRINTER, ADA, LONG_AGO);
        assertThat(importing(List.of(ticket.number(5_000), another().number(70)))
                        .imported())
                .isEqualTo(2);
        assertThat(team.ada().findByNumber(5_000)).map(CustomerTicket::id).contains(ticket.id());
        assertThat(team.ada().open(PRINTER).number()).isEqualTo(5_001);
        assertThat(importing(List.of(ticket.number(5_000))).present()).isEqualTo(1);
        assertThat(importing(List.of(ticket)).present()).isEqualTo(1);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_number_that_another_ticket_has_is_a_fault_of_that_item_alone() {
        long taken = team.ada().open(PRINTER).number();
        ImportedTicket clashing = another().number(taken);
        ImportedTicket fine = another();
        ImportedTicket twin = another().number(900);
        ImportedTicket otherTwin = another().number(900);
        Imports.Report report = importing(List.of(
                clashing, fine, twin, otherTwin, another().number(0), another().number(1_000_000_000_001L)));
        assertThat(report.imported()).isEqualTo(2);
        assertThat(report.faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactlyInAnyOrder(
                        "number.taken", "number.taken", "number.out_of_range", "number.out_of_range");
        assertThat(report.faults().get(0).id()).isEqualTo(clashing.id());
        assertThat(team.jane().on(clashing.id()).findTicket()).isEmpty();
        assertThat(team.jane().on(fine.id()).findTicket()).isPresent();
        assertThat(importing(List.of(clashing.number(901))).imported()).isEqualTo(1);
        assertThat(importing(List.of(clashing.number(902))).faults())
                .extracting(Imports.Report.Fault::toString)
                .containsExactly("item 0, " + clashing.id() + ": number.diverged");
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void a_number_that_comes_along_is_its_tickets_before_those_that_are_made_beside_it() {
        long next = team.ada().on(team.ticket()).ticket().number() + 1;
        List<UUID> ids = IntStream.range(0, 3).mapToObj(n -> new UUID(n + 1, 1)).toList();
        List<ImportedTicket> given = List.of(
                imported(ids.get(0)), imported(ids.get(1)), imported(ids.get(2)).number(next + 1));
        assertThat(team.tickets().imports().run(given.iterator()).faults()).isEmpty();
        assertThat(team.jane().on(ids.get(2)).ticket().number()).isEqualTo(next + 1);
        assertThat(ids).extracting(id -> team.jane().on(id).ticket().number()).doesNotHaveDuplicates();
    }

    private static ImportedTicket imported(UUID id) {
        return ImportedTicket.of(id, NewTicket.of("Title", "Text"), ADA, Instant.parse("2024-01-01T00:00:00Z"));
    }

    @Test
    void a_purged_tickets_number_is_never_given_again() {
        CustomerTicket opened = team.ada().open(PRINTER);
        team.tickets().admin(EVE).purge(opened.id(), UUID.randomUUID());
        assertThat(team.jane().findByNumber(opened.number())).isEmpty();
        assertThat(importing(List.of(another().number(opened.number()))).faults())
                .extracting(Imports.Report.Fault::code)
                .containsExactly("taken");
        assertThat(team.ada().open(PRINTER).number()).isEqualTo(opened.number() + 1);
    }

    @Test
    void where_the_sequence_stands_behind_openings_go_on_beyond_what_is_there() {
        for (int i = 0; i < 10; i++) {
            team.ada().open(PRINTER);
        }
        database.execute("select setval('counterfoil.ticket_number_number_seq', 3)");
        assertThat(team.ada().open(PRINTER).number()).isEqualTo(11);
        assertThat(team.ada().open(PRINTER).number()).isEqualTo(12);
        assertThat(importing(List.of(another())).imported()).isEqualTo(1);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void documents_carry_numbers_to_another_installation() throws Exception {
        team.ada().open(PRINTER);
        CustomerTicket opened = team.ada().open(PRINTER);
        JsonValue document = team.tickets().documents().ticket(opened.id()).orElseThrow();
        StringWriter written = new StringWriter();
        team.tickets().documents().writeTicket(opened.id(), written);
        assertThat(JsonValue.parse(written.toString())).isEqualTo(document);
        try (TestDatabase elsewhere = TestDatabase.unused()) {
            SupportTeam other = SupportTeam.in(elsewhere);
            Imports.Report report =
                    other.tickets().documents().importTickets(List.of(document).iterator());
            assertThat(report.faults()).isEmpty();
            assertThat(report.remarks()).isEmpty();
            assertThat(other.ada().findByNumber(opened.number())).contains(opened);
            assertThat(other.tickets().documents().ticket(opened.id())).contains(document);
            assertThat(other.ada().open(PRINTER).number()).isEqualTo(opened.number() + 1);
        }
    }

    @Test
    void what_another_system_calls_number_is_none_of_ours() {
        UUID id = team.ada().open(PRINTER).id();
        Map<String, JsonValue> members = new HashMap<>(
                team.tickets().documents().ticket(id).orElseThrow().members());
        members.put("id", JsonValue.of(UUID.randomUUID().toString()));
        members.put("number", JsonValue.of(77));
        members.remove("counterfoil_number");
        Imports.Report report = team.tickets()
                .documents()
                .importTickets(List.of(JsonValue.ofObject(members)).iterator());
        assertThat(report.imported()).isEqualTo(1);
        assertThat(report.remarks()).extracting(Imports.Report.Fault::code).containsExactly("unknown_member");
        assertThat(team.jane().findByNumber(77)).isEmpty();
        members.put("counterfoil_number", JsonValue.of("77"));
        assertThat(team.tickets()
                        .documents()
                        .importTickets(List.of(JsonValue.ofObject(members)).iterator())
                        .faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactly("counterfoil_number.not_a_number");
    }

    @Test
    void verification_finds_a_number_that_was_changed() {
        UUID id = team.ada().open(PRINTER).id();
        assertThat(database.refusal("update counterfoil.ticket_number set number = 9"))
                .startsWith("42501");
        assertThat(database.refusal("update counterfoil.ticket set number = 9")).startsWith("42501");
        database.behindTheGuards("update counterfoil.ticket set number = 9");
        assertThat(team.tickets().verifyAll().discrepancies())
                .extracting(found -> found.ticketId() + " " + found.subject())
                .containsExactly(id + " ticket.number");
    }

    @Test
    void a_number_costs_an_opening_one_row_and_a_reply_nothing() throws SQLException {
        List<Long> openings = new ArrayList<>();
        List<Long> replies = new ArrayList<>();
        database.asSuperuser("checkpoint");
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            TicketService joined = team.tickets().joining(connection);
            for (int i = 0; i < 2 * MEASURED; i++) {
                long before = written(connection);
                UUID id = UUID.randomUUID();
                long opening = bytesOfLog(connection, () -> joined.customer(ADA).open(PRINTER, id));
                UUID ticket = joined.customer(ADA).open(PRINTER, id).id();
                long reply = bytesOfLog(
                        connection, () -> joined.agent(JANE).on(ticket).reply("x".repeat(300)));
                assertThat(written(connection) - before)
                        .as("rows of an opening and a reply")
                        .isEqualTo(1);
                connection.commit();
                // The first ones write whole pages.
                if (i >= MEASURED) {
                    openings.add(opening);
                    replies.add(reply);
                }
            }
        }
        System.out.println("numbers: " + least(openings) + " bytes of log for an opening, " + least(replies)
                + " for a first reply");
        assertThat(least(openings)).isLessThan(1_850);
    }

    private static long bytesOfLog(Connection connection, Runnable call) throws SQLException {
        String before = value(connection, "select pg_current_wal_insert_lsn()");
        call.run();
        return Long.parseLong(value(connection, "select pg_current_wal_insert_lsn() - '" + before + "'::pg_lsn"));
    }

    private static long written(Connection connection) throws SQLException {
        return Long.parseLong(
                value(
                        connection,
                        "select n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables where relname = 'ticket_number'"));
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The server's log has what others write meanwhile, too. */
    private static long least(List<Long> of) {
        return Collections.min(of);
    }

    private Imports.Report importing(List<ImportedTicket> tickets) {
        return team.tickets().imports().run(tickets.iterator());
    }

    private static ImportedTicket another() {
        return ImportedTicket.of(UUID.randomUUID(), PRINTER, ADA, LONG_AGO);
    }
}
