package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.verification.VerificationReport;
import java.io.StringWriter;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes in under an id of another system is stored once, and found by that id by whoever may see it. */
@Tag("storage")
class ReferencesTest {
    private static final int RACERS = 32;
    private static final NewTicket PRINTER = NewTicket.of("Printer on fire", "It burns.");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private static TestDatabase database;
    private static SupportTeam team;

    /** Of one test alone. */
    private final String domain = "@" + UUID.randomUUID();

    private final Reference letter = mail("<1" + domain + ">");
    private final Reference other = mail("<2" + domain + ">");

    @BeforeAll
    static void begin() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Reference mail(String id) {
        return new Reference("mail", id);
    }

    @Test
    void a_mail_that_comes_in_twice_is_one_message() {
        UUID id = team.ticket();
        team.jane().on(id).note("Before");
        var first = team.ada().on(id).once(letter).reply("It still burns.");
        team.jane().on(id).reply("After");
        var again = team.ada().on(id).once(letter).reply("It still burns.\n-- \nSent by another server");

        assertThat(first.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(again.outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(again.events()).isEqualTo(first.events()).hasSize(1);
        assertThat(again.version()).isEqualTo(first.version()).isEqualTo(1);
        assertThat(team.ada().on(id).once(other).reply("More").outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(4);
        verified();
    }

    @Test
    void a_replay_answers_all_events_of_the_command_as_its_side_sees_them() {
        UUID id = team.ticket();
        var first =
                team.jane().on(id).once(letter).apply(Command.note("Secret"), Command.reply("Hello"), Command.close());
        assertThat(first.events()).hasSize(3);
        team.jane().on(id).note("After");
        var again = team.tom().on(id).once(letter).note("Secret");
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.version()).isEqualTo(first.version()).isEqualTo(3);
        var reopened = team.ada().on(id).once(letter).reply("It burns again.");
        assertThat(reopened.events()).hasSize(2);
        assertThat(team.ada().on(id).once(letter).reply("It burns again.").events())
                .isEqualTo(reopened.events());
        verified();
    }

    @Test
    void a_mail_that_opened_a_ticket_opens_no_second_one_and_is_no_reply() {
        int before = stored();
        CustomerTicket opened = team.ada().open(PRINTER.reference(letter));
        team.jane().on(opened.id()).reply("Unplug it.");
        CustomerTicket again =
                team.ada().open(NewTicket.of("Printer on fire (2)", "It burns.").reference(letter));
        assertThat(again).isEqualTo(team.ada().on(opened.id()).ticket());
        assertThat(again.title()).isEqualTo("Printer on fire");

        UUID elsewhere = team.ticket();
        var reply = team.ada().on(elsewhere).once(letter).reply("It burns.");
        assertThat(reply).isEqualTo(new CommandResult<>(opened.id(), 0, Outcome.REPLAYED, List.of()));
        assertThat(team.jane().on(elsewhere).ticket().version()).isZero();

        team.ada().on(elsewhere).once(other).reply("A reply");
        assertThat(team.ada().open(PRINTER.reference(other)).id()).isEqualTo(elsewhere);
        assertThat(stored()).isEqualTo(before + 4);
        verified();
    }

    @Test
    void the_same_opening_under_its_command_id_is_a_replay_too_and_another_reference_under_it_is_refused() {
        UUID command = UUID.randomUUID();
        Ticket opened = team.jane().open(ADA, PRINTER.reference(letter), command);
        assertThat(team.jane().open(ADA, PRINTER.reference(letter), command)).isEqualTo(opened);
        assertThatThrownBy(() -> team.jane().open(ADA, PRINTER.reference(other), command))
                .isInstanceOf(CommandIdReused.class);
        assertThat(team.jane().findReferences(List.of(other))).isEmpty();

        UUID reply = UUID.randomUUID();
        var first = team.jane().on(opened.id()).once(reply).once(other).reply("Text");
        assertThat(team.jane()
                        .on(opened.id())
                        .once(reply)
                        .once(other)
                        .reply("Text")
                        .events())
                .isEqualTo(first.events());
        assertThatThrownBy(() -> team.jane()
                        .on(opened.id())
                        .once(reply)
                        .once(mail("<3@example.com>"))
                        .reply("Text"))
                .isInstanceOf(CommandIdReused.class);
        assertThat(references()).isEqualTo("2");
        verified();
    }

    @Test
    void what_stores_nothing_leaves_no_reference_so_that_it_can_come_again() {
        UUID id = team.ticket();
        UUID closed = team.ticket();
        team.jane().on(closed).close();
        assertThat(team.jane().on(closed).once(letter).close().outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThatThrownBy(() -> team.jane().on(UUID.randomUUID()).once(letter).note("Text"))
                .isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.jane().on(id).once(letter).assign(UUID.randomUUID()))
                .isInstanceOf(PersonNotFound.class);
        assertThatThrownBy(() -> team.jane().on(id).expecting(7).once(letter).close())
                .isInstanceOf(StaleTicket.class);
        assertThatThrownBy(() -> team.bob().on(id).once(letter).reply("Text")).isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.jane().open(UUID.randomUUID(), PRINTER.reference(letter)))
                .isInstanceOf(PersonNotFound.class);
        assertThatThrownBy(() -> team.tickets().agent(UUID.randomUUID()).open(ADA, PRINTER.reference(letter)))
                .isInstanceOf(NotAllowed.class);
        assertThat(references()).isEqualTo("0");
        assertThat(team.jane().on(id).once(letter).note("Text").outcome()).isEqualTo(Outcome.APPLIED);
        assertThatThrownBy(() -> team.tickets()
                        .agent(UUID.randomUUID())
                        .on(id)
                        .once(letter)
                        .note("Text"))
                .isInstanceOf(NotAllowed.class);
        assertThat(references()).isEqualTo("1");
    }

    @Test
    void of_32_who_bring_the_same_at_once_to_two_tickets_or_open_one_a_single_one_stores_it() throws Exception {
        List<UUID> tickets = List.of(team.ticket(), team.ticket());
        int before = stored();
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            for (Reference reference : List.of(letter, other)) {
                List<Callable<UUID>> racers = new ArrayList<>();
                for (int racer = 0; racer < RACERS; racer++) {
                    UUID ticket = tickets.get(racer % 2);
                    racers.add(
                            racer % 3 == 0
                                    ? () -> team.jane()
                                            .open(ADA, PRINTER.reference(reference))
                                            .id()
                                    : () -> team.jane()
                                            .on(ticket)
                                            .once(reference)
                                            .reply("Text")
                                            .ticketId());
                }
                List<UUID> answers = new ArrayList<>();
                for (Future<UUID> racer : threads.invokeAll(racers)) {
                    answers.add(racer.get());
                }
                assertThat(answers.stream().distinct()).hasSize(1);
                assertThat(team.jane().findReferences(List.of(reference)))
                        .extracting(Reference.Place::ticketId)
                        .containsExactly(answers.get(0));
            }
        } finally {
            threads.shutdown();
        }
        assertThat(stored()).isEqualTo(before + 2);
        verified();
    }

    @Test
    void who_comes_second_waits_for_the_first_and_stores_it_if_that_was_rolled_back() throws Exception {
        UUID id = team.ticket();
        UUID elsewhere = team.ticket();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (boolean committed : new boolean[] {false, true}) {
                Reference reference = committed ? letter : other;
                team.tickets()
                        .joining(connection)
                        .agent(JANE)
                        .on(id)
                        .once(reference)
                        .note("First");
                Future<CommandResult<TicketEvent>> second = threads.submit(
                        () -> team.tom().on(elsewhere).once(reference).note("Second"));
                database.awaitWaiting();
                if (committed) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                assertThat(second.get().outcome()).isEqualTo(committed ? Outcome.REPLAYED : Outcome.APPLIED);
                assertThat(second.get().ticketId()).isEqualTo(committed ? id : elsewhere);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void a_snapshot_that_does_not_show_the_first_is_refused_as_one_to_try_again() throws Exception {
        UUID id = team.ticket();
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            AgentHandle joined = team.tickets().joining(connection).agent(JANE).on(id);
            joined.ticket();
            UUID elsewhere = team.ticket();
            team.tom().on(elsewhere).once(letter).note("First");
            assertThatThrownBy(() -> joined.once(letter).note("Second"))
                    .isInstanceOfSatisfying(
                            Unavailable.class, e -> assertThat(e.retryable()).isTrue());
            connection.rollback();
        }
    }

    @Test
    void a_mails_references_find_its_ticket_in_one_call() {
        CustomerTicket opened = team.ada().open(PRINTER.reference(letter));
        var answer = team.jane().on(opened.id()).once(other).reply("Unplug it.");
        UUID message = answer.events().get(0).id();
        Reference unknown = mail("<0@example.com>");

        List<Reference.Place> both = List.of(
                new Reference.Place(other, opened.id(), Optional.of(message)),
                new Reference.Place(letter, opened.id(), Optional.empty()));
        assertThat(team.jane().findReferences(List.of(other, unknown, letter, other)))
                .isEqualTo(both);
        assertThat(team.ada().findReferences(List.of(other, unknown, letter))).isEqualTo(both);
        assertThat(team.jane().findReferences(List.of())).isEmpty();
        assertThat(team.jane()
                        .findReferences(List.of(
                                new Reference("tracker", letter.id()),
                                mail(letter.id().toUpperCase(Locale.ROOT)))))
                .isEmpty();
    }

    @Test
    void a_customer_finds_no_reference_on_what_they_do_not_see_and_meets_none() {
        UUID id = team.ticket();
        team.jane().on(id).once(letter).note("Secret");
        team.jane().on(id).once(other).apply(Command.note("Secret"), Command.reply("Public"));
        Reference bobs = mail("<bob@example.com>");
        UUID his = team.bob().open(PRINTER.reference(bobs)).id();
        Reference tickets = new Reference("tracker", "BUG" + domain);
        team.jane().open(BOB, PRINTER.reference(tickets));

        assertThat(team.ada().findReferences(List.of(letter, bobs, tickets))).isEmpty();
        UUID reply = team.ada()
                .on(id)
                .history(PageRequest.oldestFirst(5))
                .items()
                .get(0)
                .id();
        assertThat(team.ada().findReferences(List.of(other)))
                .containsExactly(new Reference.Place(other, id, Optional.of(reply)));
        for (Reference taken : List.of(letter, other, bobs, tickets)) {
            assertThat(team.ada().on(id).once(taken).reply("Mine").outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(team.ada().on(id).once(taken).reply("Mine").outcome()).isEqualTo(Outcome.REPLAYED);
            assertThat(team.ada().open(PRINTER.reference(taken)).id()).isEqualTo(id);
        }
        assertThat(team.bob().open(PRINTER.reference(bobs)).id()).isEqualTo(his);
        assertThat(team.jane().findReferences(List.of(bobs)))
                .extracting(Reference.Place::ticketId)
                .containsExactly(id, his);
        verified();
    }

    @Test
    void who_takes_part_finds_what_they_see_and_who_does_not_any_more_nothing() {
        UUID id = team.ticket();
        team.ada().on(id).once(letter).reply("Hello");
        assertThat(team.bob().findReferences(List.of(letter))).isEmpty();
        team.jane().on(id).addParticipant(BOB, Participants.Kind.COPY);
        assertThat(team.bob().findReferences(List.of(letter))).hasSize(1);
        team.jane().on(id).removeParticipant(BOB);
        assertThat(team.bob().findReferences(List.of(letter))).isEmpty();

        UUID opened = team.ada().open(PRINTER.reference(other)).id();
        team.jane().on(opened).moveToCustomer(BOB);
        assertThat(team.ada().findReferences(List.of(other))).isEmpty();
        assertThatThrownBy(() -> team.ada().open(PRINTER.reference(other))).isInstanceOf(TicketNotFound.class);
        assertThat(team.bob().findReferences(List.of(other))).hasSize(1);
        verified();
    }

    @Test
    void what_was_redacted_does_not_come_in_again_and_its_id_is_gone() {
        UUID id = team.ada().open(PRINTER.reference(letter)).id();
        var reply = team.ada().on(id).once(other).reply("My password is x.");
        AdminDesk eve = team.tickets().admin(EVE);
        eve.redactions()
                .redact(id, Redaction.ofEverythingIn(reply.events().get(0).id()), UUID.randomUUID());
        eve.redactions().redact(id, Redaction.ofWholeBeginning(), UUID.randomUUID());

        var again = team.ada().on(id).once(other).reply("My password is x.");
        assertThat(again.outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(again.events()).hasSize(1);
        assertThat(again.events().get(0).redacted()).isNotEmpty();
        assertThat(team.ada().open(PRINTER.reference(letter)).title()).isEqualTo("[redacted]");
        assertThat(database.value(
                        "select count(*) from counterfoil.ticket_reference where id is null and ticket = '" + id + "'"))
                .isEqualTo("2");
        assertThat(team.jane().findReferences(List.of(letter, other))).hasSize(2);
        assertThat(document(id).members()).doesNotContainKey("counterfoil_references");
        verified();
    }

    @Test
    void a_purged_tickets_references_are_gone_and_may_come_again() {
        UUID id = team.ada().open(PRINTER.reference(letter)).id();
        team.jane().on(id).once(other).reply("Text");
        team.tickets().admin(EVE).purge(id, UUID.randomUUID());
        assertThat(references()).isEqualTo("0");
        assertThat(team.jane().findReferences(List.of(letter, other))).isEmpty();
        assertThat(team.ada().open(PRINTER.reference(letter)).id()).isNotEqualTo(id);

        UUID command = UUID.randomUUID();
        UUID spam = team.ada().open(PRINTER.reference(other), command).id();
        team.tickets().admin(EVE).purge(spam, UUID.randomUUID());
        assertThatThrownBy(() -> team.ada().open(PRINTER.reference(other), command))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("ticket.purged"));
        assertThat(references()).isEqualTo("1");
    }

    @Test
    void of_who_is_erased_the_ids_go_that_they_gave_and_still_nothing_comes_in_again() throws Exception {
        UUID person = UUID.randomUUID();
        team.tickets().people().registerCustomer(NewCustomer.of(person, person + "@example.com", "Grace", "Hopper"));
        CustomerDesk grace = team.tickets().customer(person);
        UUID id = grace.open(PRINTER.reference(letter)).id();
        grace.on(id).once(other).reply("Text");
        team.jane().on(id).once(new Reference("tracker", "BUG" + domain)).note("Text");
        StringWriter export = new StringWriter();
        team.tickets().documents().writeCustomer(person, export);
        assertThat(JsonValue.parse(export.toString())
                        .members()
                        .get("references")
                        .elements())
                .extracting(one -> one.members().get("id").string())
                .containsExactlyInAnyOrder(letter.id(), other.id());

        team.tickets().admin(EVE).erase(person, UUID.randomUUID());
        assertThat(database.value(
                        "select string_agg(id, ',') from counterfoil.ticket_reference where ticket = '" + id + "'"))
                .isEqualTo("BUG" + domain);
        assertThat(grace.on(id).once(other).reply("Text").outcome()).isEqualTo(Outcome.REPLAYED);
        verified();
    }

    @Test
    void a_document_takes_references_along_and_a_foreign_number_becomes_one() throws Exception {
        CustomerTicket opened = team.ada().open(PRINTER.reference(letter));
        team.ada().on(opened.id()).once(other).reply("Hello");
        team.jane()
                .on(opened.id())
                .once(new Reference("tracker", "BUG" + domain))
                .note("Text");
        StringWriter written = new StringWriter();
        team.tickets().documents().writeTicket(opened.id(), written);
        JsonValue document = document(opened.id());
        assertThat(JsonValue.parse(written.toString()).members().get("counterfoil_references"))
                .isEqualTo(document.members().get("counterfoil_references"));
        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            SupportTeam there = SupportTeam.in(elsewhere);
            for (int round = 0; round < 2; round++) {
                Imports.Report report = there.tickets()
                        .documents()
                        .importTickets(List.of(document).iterator());
                assertThat(report.faults()).isEmpty();
                assertThat(report.remarks()).isEmpty();
            }
            assertThat(there.tickets().documents().ticket(opened.id())).contains(document);
            assertThat(there.ada().on(opened.id()).once(other).reply("Hello").outcome())
                    .isEqualTo(Outcome.REPLAYED);
            assertThat(there.ada().open(PRINTER.reference(letter)).id()).isEqualTo(opened.id());
            there.tickets().verifyAll();
            assertThat(there.tickets().verifyAll().discrepancies()).isEmpty();
        }

        Reference number = new Reference("old-desk", "4711");
        UUID imported = UUID.randomUUID();
        ImportedTicket ticket =
                ImportedTicket.of(imported, PRINTER, ADA, LONG_AGO).reference(number);
        assertThat(team.tickets().imports().run(List.of(ticket).iterator()).imported())
                .isEqualTo(1);
        assertThat(team.jane().findReferences(List.of(number)))
                .containsExactly(new Reference.Place(number, imported, Optional.empty()));
        assertThat(team.tickets().imports().run(List.of(ticket).iterator()).present())
                .isEqualTo(1);
        Imports.Report taken = team.tickets()
                .imports()
                .run(List.of(ImportedTicket.of(UUID.randomUUID(), PRINTER.reference(number), ADA, LONG_AGO))
                        .iterator());
        assertThat(taken.imported()).isEqualTo(1);
        assertThat(taken.remarks())
                .extracting(remark -> remark.field() + "." + remark.code())
                .containsExactly("reference.taken");
        Imports.Report bad = team.tickets()
                .imports()
                .run(List.of(ticket.reference(letter, UUID.randomUUID())).iterator());
        assertThat(bad.faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactly("reference.unknown");
        verified();
    }

    @Test
    void what_is_no_reference_is_told_with_all_else_that_is_wrong() {
        UUID id = team.ticket();
        Reference bad = new Reference("", " ");
        assertThatThrownBy(() -> team.jane().on(id).once(bad).note(""))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(told(e))
                                .containsExactly("reference.id blank", "reference.source blank", "text blank"));
        assertThatThrownBy(() -> team.ada()
                        .open(NewTicket.of("", "Text").reference(new Reference("m".repeat(65), "x".repeat(1_001)))))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(told(e))
                                .containsExactly(
                                        "reference.id too_long 1000", "reference.source too_long 64", "title blank"));
        assertThatThrownBy(() -> team.jane().findReferences(Arrays.asList(letter, null, bad)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(told(e))
                                .containsExactly(
                                        "references[1] required",
                                        "references[2].id blank",
                                        "references[2].source blank"));
        List<Reference> many = Stream.iterate(1, n -> n + 1)
                .limit(201)
                .map(n -> mail("<" + n + ">"))
                .toList();
        assertThatThrownBy(() -> team.ada().findReferences(many))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(told(e)).containsExactly("references too_many 200"));
        Reference longest = mail("\uD83D\uDE00".repeat(1_000));
        team.ada().on(id).once(longest).reply("Text");
        assertThat(team.ada().findReferences(List.of(longest))).hasSize(1);
        assertThat(longest.toString()).isEqualTo("Reference");
    }

    private static List<String> told(InvalidInput refused) {
        return refused.faults().stream()
                .map(fault -> fault.field() + " " + fault.code() + (fault.limit() == null ? "" : " " + fault.limit()))
                .collect(Collectors.toList());
    }

    @Test
    void verification_finds_a_reference_that_is_on_nothing_or_another_customers() {
        UUID id = team.ticket();
        team.ada().on(id).once(letter).reply("Text");
        for (String damage : List.of("seq = 7", "events = 9", "giver = '" + BOB + "'", "seq = 0")) {
            database.behindTheGuards(
                    "update counterfoil.ticket_reference set " + damage + " where ticket = '" + id + "'");
            assertThat(team.tickets().verifyAll().discrepancies())
                    .as(damage)
                    .extracting(VerificationReport.Discrepancy::subject)
                    .containsExactly("ticket_reference");
            database.behindTheGuards("update counterfoil.ticket_reference set seq = 1, events = 1, giver = '" + ADA
                    + "' where ticket = '" + id + "'");
        }
        verified();
    }

    private JsonValue document(UUID ticketId) {
        return team.tickets().documents().ticket(ticketId).orElseThrow();
    }

    private String references() {
        return database.value("select count(*) from counterfoil.ticket_reference where id like '%" + domain + "%'");
    }

    /** Tickets and events. */
    private static int stored() {
        return Integer.parseInt(database.value(
                "select (select count(*) from counterfoil.ticket) + count(*) from counterfoil.ticket_event"));
    }

    private void verified() {
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void an_id_that_is_far_too_long_is_told_its_own_limit() {
        Reference reference = new Reference("mail", "x".repeat(5 * 1024 * 1024));
        assertThatThrownBy(() -> team.jane().findReferences(List.of(reference)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults().toString()).contains("id.too_long (limit 1000)"));
    }
}
