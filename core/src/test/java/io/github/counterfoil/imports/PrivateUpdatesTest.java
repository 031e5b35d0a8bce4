package io.github.counterfoil.imports;

import static io.github.counterfoil.imports.Elsewhere.secret;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What customers see of a ticket follows from its public events alone; the staff sees what all events make of it. */
@Tag("storage")
class PrivateUpdatesTest {
    private static final UUID ID = UUID.fromString("10000000-0000-4000-8000-000000000000");
    private static final Author CUSTOMER = new Author(ADA, "Ada", "Lovelace", Role.CUSTOMER);
    private static final PageRequest ALL = PageRequest.oldestFirst(50);

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);

    /** Whatever a test did: what is stored is what the history says, and no text of a private update reached the customer. */
    @AfterEach
    void every_ticket_is_what_its_history_says() {
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
        assertThat(seen().toString() + history()).doesNotContain("secret");
    }

    @Test
    void a_private_status_may_be_of_any_year() {
        Instant opened = Instant.parse("1600-01-01T00:00:00Z");
        TicketEvent closed = new TicketEvent.StatusUpdate(
                secret(Elsewhere.at(Elsewhere.header(ID, 1), opened.plusSeconds(1))),
                TicketStatus.NEW,
                TicketStatus.CLOSED);
        Imports.Report report = team.tickets()
                .imports()
                .run(List.of(ImportedTicket.of(ID, Elsewhere.BEGINNING, ADA, opened)
                                .events(List.of(closed)))
                        .iterator());
        assertThat(report).isEqualTo(new Imports.Report(1, 0, List.of()));
        assertThat(team.ada()
                        .find(TicketQuery.unsolved().statusSinceBefore(opened.plusSeconds(1)), ALL)
                        .items())
                .extracting(CustomerTicketSummary::statusSince)
                .containsExactly(opened);
    }

    @Test
    void an_imported_private_update_does_not_show_in_the_customers_ticket() {
        run(
                h -> new TicketEvent.AssignmentAdded(h, JANE),
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "secret title"),
                h -> new TicketEvent.DescriptionUpdate(secret(h), "Text", "secret text"),
                h -> new TicketEvent.PriorityUpdate(secret(h), Priority.MEDIUM, Priority.HIGH),
                h -> new TicketEvent.AssignmentAdded(secret(h), TOM),
                h -> new TicketEvent.AssignmentRemoved(secret(h), JANE),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.FeedbackSubmitted(secret(byCustomer(h)), 1, "secret comment"));

        Ticket whole = team.jane().on(ID).ticket();
        assertThat(whole.title()).isEqualTo("secret title");
        assertThat(whole.description()).isEqualTo("secret text");
        assertThat(whole.priority()).isEqualTo(Priority.HIGH);
        assertThat(whole.status()).isEqualTo(TicketStatus.CLOSED);
        assertThat(whole.assignedTo()).extracting(Ticket.Assignee::id).containsExactly(TOM);
        assertThat(whole.feedback().orElseThrow().comment()).isEqualTo("secret comment");

        CustomerTicket seen = seen();
        assertThat(seen.title()).isEqualTo("Title");
        assertThat(seen.description()).isEqualTo("Text");
        assertThat(seen.priority()).isEqualTo(Priority.MEDIUM);
        assertThat(seen.status()).isEqualTo(TicketStatus.NEW);
        assertThat(seen.assignedTo()).containsExactly("Jane Smith");
        assertThat(seen.feedback()).isEmpty();
        assertThat(seen.version()).isEqualTo(1);
        assertThat(team.ada().on(ID).ticketWithHistory(ALL).ticket()).isEqualTo(seen);
        assertThat(team.ada()
                        .find(TicketQuery.all().status(TicketStatus.NEW), ALL)
                        .items())
                .extracting(CustomerTicketSummary::id)
                .containsExactly(ID);
        assertThat(team.ada()
                        .find(TicketQuery.all().status(TicketStatus.CLOSED), ALL)
                        .items())
                .isEmpty();
        assertThat(database.value("select feedback_history from counterfoil.customers where id = '" + ADA + "'"))
                .isEqualTo("{\"feedback\": []}");
        assertThat(database.value("select feedback ->> 'comment' from counterfoil.tickets where id = '" + ID + "'"))
                .isEqualTo("secret comment");
    }

    @Test
    void a_closing_that_the_customer_cannot_see_cannot_be_rated() {
        run(h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.NEW, TicketStatus.CLOSED));
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> team.ada().on(ID).rate(5, null))
                .satisfies(e -> assertThat(e.code()).isEqualTo("status.not_allowed"));

        // Told of it, they rate the closing that the staff knows.
        assertThat(team.jane().on(ID).close().events()).hasSize(1);
        team.ada().on(ID).rate(5, "Fine");
        assertThat(database.value("select closed_seq from counterfoil.ticket_feedback"))
                .isEqualTo("1");
        assertThat(seen().feedback().orElseThrow().comment()).isEqualTo("Fine");
    }

    @Test
    void a_closing_that_the_customer_sees_can_be_rated_also_if_the_staff_opened_the_ticket_again() {
        run(
                h -> new TicketEvent.AssignmentAdded(h, JANE),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.CLOSED, TicketStatus.OPEN));
        team.ada().on(ID).rate(4, "Fine");
        assertThat(seen().feedback().orElseThrow().rating()).isEqualTo(4);
        assertThat(code(() -> team.ada().on(ID).rate(4, "Fine"))).isEqualTo("feedback.exists");
        assertThat(database.value(
                        "select ticket_history #>> '{0,feedback,rating}' from counterfoil.workers where id = '" + JANE
                                + "'"))
                .isEqualTo("4");

        // The staff closes it for itself; the customer sees no other closing than before.
        assertThat(team.jane().on(ID).close().events())
                .allSatisfy(event -> assertThat(event.visibility().wireName()).isEqualTo("private"));
        assertThat(code(() -> team.ada().on(ID).rate(3, null))).isEqualTo("feedback.exists");
        assertThat(seen().version()).isEqualTo(3);
    }

    @Test
    void what_the_staff_alone_knows_of_a_rating_makes_room_for_the_customers_own() {
        run(
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.FeedbackSubmitted(secret(byCustomer(h)), 1, "secret comment"));
        assertThat(seen().feedback()).isEmpty();
        team.ada().on(ID).rate(5, "Fine");
        assertThat(seen().feedback().orElseThrow().rating()).isEqualTo(5);
        assertThat(team.jane().on(ID).ticket().feedback().orElseThrow().rating())
                .isEqualTo(5);
        assertThat(team.tickets().people().customer(ADA)).isPresent();
        assertThat(database.value("select feedback_history #>> '{feedback,0,comment}' from counterfoil.customers"
                        + " where id = '" + ADA + "'"))
                .isEqualTo("Fine");
    }

    @Test
    void a_public_change_begins_where_the_customer_is_and_makes_both_sides_see_the_same() {
        run(
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "secret title"),
                h -> new TicketEvent.DescriptionUpdate(secret(h), "Text", "secret text"),
                h -> new TicketEvent.PriorityUpdate(secret(h), Priority.MEDIUM, Priority.HIGH),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.NEW, TicketStatus.PENDING));
        team.jane().on(ID).changeTitle("Public title");
        team.jane().on(ID).changeDescription("Public text");
        team.jane().on(ID).changePriority(Priority.LOW);
        team.jane().on(ID).changeStatus(TicketStatus.OPEN);
        assertThat(history())
                .extracting(PrivateUpdatesTest::change)
                .containsExactly("Title > Public title", "Text > Public text", "MEDIUM > LOW", "NEW > OPEN");
        assertThat(database.value("select shown is null and shown_assigned_to is null from counterfoil.ticket"))
                .isEqualTo("t");
        assertThat(seen().title()).isEqualTo("Public title");
        assertThat(team.jane().on(ID).at(0).title()).isEqualTo("Title");
    }

    @Test
    void what_is_so_for_the_customer_already_changes_for_the_staff_alone_and_the_other_way_round() {
        run(
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "Other"),
                h -> new TicketEvent.PriorityUpdate(secret(h), Priority.MEDIUM, Priority.HIGH));
        CommandResult<TicketEvent> back = team.jane().on(ID).changeTitle("Title");
        assertThat(back.events())
                .singleElement()
                .satisfies(event -> assertThat(event.visibility().wireName()).isEqualTo("private"));
        assertThat(team.jane().on(ID).ticket().title()).isEqualTo("Title");
        assertThat(seen().version()).isZero();

        // High for the staff already: now for the customer too.
        team.jane().on(ID).changePriority(Priority.HIGH);
        assertThat(seen().priority()).isEqualTo(Priority.HIGH);
        assertThat(history()).extracting(PrivateUpdatesTest::change).containsExactly("MEDIUM > HIGH");
        assertThat(team.jane().on(ID).changePriority(Priority.HIGH).events()).isEmpty();
    }

    @Test
    void a_reply_moves_each_side_from_where_it_is() {
        run(
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.OPEN),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.OPEN, TicketStatus.CLOSED));
        CommandResult<CustomerEvent> reply = team.ada().on(ID).reply("Hello?");
        assertThat(reply.events()).extracting(CustomerEvent::type).containsExactly("message");
        assertThat(reply.version()).isEqualTo(2);
        assertThat(team.jane().on(ID).ticket().status())
                .as("the staff is told that there is something to do")
                .isEqualTo(TicketStatus.OPEN);
        assertThat(seen().status()).isEqualTo(TicketStatus.OPEN);
        assertThat(database.value("select coalesce(shown - 'status_since', '{}') = '{}' from counterfoil.ticket"))
                .isEqualTo("t");
    }

    @Test
    void a_customer_opens_and_closes_what_they_see() {
        run(
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.CLOSED, TicketStatus.PENDING));
        assertThat(team.ada().on(ID).close().events()).isEmpty();
        assertThat(team.jane().on(ID).ticket().status()).isEqualTo(TicketStatus.PENDING);
        assertThat(team.ada().on(ID).reopen().events())
                .extracting(PrivateUpdatesTest::change)
                .containsExactly("CLOSED > OPEN");
        assertThat(team.jane().on(ID).ticket().status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void a_reply_to_what_only_the_customer_sees_closed_opens_it_for_both() {
        run(
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.CLOSED, TicketStatus.PENDING));
        assertThat(team.ada().on(ID).reply("Not yet").events())
                .extracting(CustomerEvent::type)
                .containsExactly("message", "status-update");
        assertThat(seen().status()).isEqualTo(TicketStatus.OPEN);
        assertThat(team.jane().on(ID).ticket().status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void assignments_that_the_customer_does_not_see_come_and_go_without_them() {
        run(
                h -> new TicketEvent.AssignmentAdded(h, JANE),
                h -> new TicketEvent.AssignmentAdded(secret(h), TOM),
                h -> new TicketEvent.AssignmentRemoved(secret(h), JANE));
        assertThat(seen().assignedTo()).containsExactly("Jane Smith");

        team.jane().on(ID).unassign(TOM);
        assertThat(seen().version()).isEqualTo(1);
        team.jane().on(ID).assign(JANE);
        assertThat(seen().assignedTo()).containsExactly("Jane Smith");
        assertThat(seen().version()).isEqualTo(1);
        assertThat(database.value("select shown_assigned_to is null from counterfoil.ticket"))
                .isEqualTo("t");
    }

    @Test
    void a_private_assignment_becomes_public_and_a_public_removal_needs_none() {
        run(
                h -> new TicketEvent.AssignmentAdded(secret(h), JANE),
                h -> new TicketEvent.AssignmentAdded(secret(h), TOM),
                h -> new TicketEvent.AssignmentRemoved(h, TOM));
        assertThat(seen().assignedTo()).isEmpty();
        assertThat(history()).extracting(CustomerEvent::type).containsExactly("assignment-removed");
        team.jane().on(ID).assign(JANE);
        assertThat(seen().assignedTo()).containsExactly("Jane Smith");
        assertThat(team.jane().on(ID).ticket().assignedTo()).hasSize(1);
    }

    @Test
    void who_leaves_is_taken_off_as_each_side_sees_them() {
        run(
                h -> new TicketEvent.AssignmentAdded(h, JANE),
                h -> new TicketEvent.AssignmentAdded(h, TOM),
                h -> new TicketEvent.AssignmentRemoved(secret(h), TOM));
        team.tickets().admin(EVE).deactivate(TOM);
        assertThat(seen().assignedTo()).containsExactly("Jane Smith");
        team.tickets().admin(EVE).deactivate(JANE);
        assertThat(seen().assignedTo()).isEmpty();
        assertThat(team.tickets().agent(EVE).on(ID).ticket().assignedTo()).isEmpty();
    }

    @Test
    void who_leaves_stays_on_what_the_customer_sees_closed() {
        run(
                h -> new TicketEvent.AssignmentAdded(h, TOM),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.CLOSED, TicketStatus.OPEN));
        team.tickets().admin(EVE).deactivate(TOM);
        assertThat(team.jane().on(ID).ticket().assignedTo()).isEmpty();
        assertThat(seen().assignedTo()).hasSize(1);
        assertThat(seen().version()).isEqualTo(2);

        // Opened again, it waits for nobody who is gone.
        team.ada().on(ID).reopen();
        assertThat(seen().assignedTo()).isEmpty();
    }

    @Test
    void a_ticket_that_grows_by_a_later_import_shows_what_its_public_events_say() {
        run(h -> new TicketEvent.TitleUpdate(secret(h), "Title", "secret title"));
        run(
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "secret title"),
                h -> new TicketEvent.AssignmentAdded(secret(h), TOM),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.FeedbackSubmitted(secret(byCustomer(h)), 2, "secret comment"));
        assertThat(seen().title()).isEqualTo("Title");
        assertThat(seen().assignedTo()).isEmpty();
        assertThat(seen().feedback()).isEmpty();
        run(
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "secret title"),
                h -> new TicketEvent.AssignmentAdded(secret(h), TOM),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.FeedbackSubmitted(secret(byCustomer(h)), 2, "secret comment"),
                h -> new TicketEvent.FeedbackSubmitted(byCustomer(h), 5, "Fine"),
                h -> new TicketEvent.TitleUpdate(h, "Title", "Public title"));
        assertThat(seen().title()).isEqualTo("Public title");
        assertThat(team.jane().on(ID).ticket().title()).isEqualTo("Public title");
        assertThat(seen().feedback().orElseThrow().comment()).isEqualTo("Fine");
    }

    @Test
    void a_public_update_may_tell_what_the_staff_saw_before_or_what_the_customer_saw() {
        run(
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "Other"),
                h -> new TicketEvent.TitleUpdate(h, "Other", "Third"),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.NEW, TicketStatus.OPEN),
                h -> new TicketEvent.StatusUpdate(h, TicketStatus.NEW, TicketStatus.CLOSED));
        assertThat(seen().title()).isEqualTo("Third");
        assertThat(seen().status()).isEqualTo(TicketStatus.CLOSED);
        Imports.Report report = team.tickets()
                .imports()
                .run(List.of(Elsewhere.ticket(
                                UUID.randomUUID(),
                                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "Other"),
                                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "Third"),
                                h -> new TicketEvent.TitleUpdate(h, "Fourth", "Fifth")))
                        .iterator());
        assertThat(report.faults())
                .extracting(fault -> fault.seq() + " " + fault.field() + "." + fault.code())
                .containsExactly("2 old_value.not_current", "3 old_value.not_current");
    }

    @Test
    void whose_ticket_it_is_is_no_secret_from_who_has_it() {
        run(
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "secret title"),
                h -> new TicketEvent.CustomerUpdate(secret(h), ADA, BOB));
        assertThat(team.bob().on(ID).ticket().title()).isEqualTo("Title");
        assertThat(team.ada().on(ID).findTicket()).isEmpty();
        team.jane().on(ID).moveToCustomer(ADA);
        assertThat(seen().title()).isEqualTo("Title");
    }

    @Test
    void a_document_takes_along_what_its_customer_sees() {
        run(
                h -> new TicketEvent.AssignmentAdded(h, TOM),
                h -> new TicketEvent.AssignmentAdded(secret(h), JANE),
                h -> new TicketEvent.TitleUpdate(secret(h), "Title", "secret title"),
                h -> new TicketEvent.StatusUpdate(secret(h), TicketStatus.NEW, TicketStatus.CLOSED),
                h -> new TicketEvent.FeedbackSubmitted(secret(byCustomer(h)), 2, "secret comment"));
        team.jane().on(ID).changePriority(Priority.HIGH);
        JsonValue document = team.tickets().documents().ticket(ID).orElseThrow();
        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            SupportTeam other = SupportTeam.in(elsewhere);
            Imports.Report report =
                    other.tickets().documents().importTickets(List.of(document).iterator());
            assertThat(report).isEqualTo(new Imports.Report(1, 0, List.of()));
            assertThat(other.ada().on(ID).ticket()).isEqualTo(seen());
            assertThat(other.jane().on(ID).ticket())
                    .isEqualTo(team.jane().on(ID).ticket());
            assertThat(other.tickets().verifyAll().discrepancies()).isEmpty();
        }
    }

    private static String change(CustomerEvent event) {
        if (event instanceof CustomerEvent.TitleUpdate e) {
            return e.oldValue() + " > " + e.newValue();
        } else if (event instanceof CustomerEvent.DescriptionUpdate e) {
            return e.oldValue() + " > " + e.newValue();
        } else if (event instanceof CustomerEvent.PriorityUpdate e) {
            return e.oldValue() + " > " + e.newValue();
        } else if (event instanceof CustomerEvent.StatusUpdate e) {
            return e.oldValue() + " > " + e.newValue();
        }
        return event.type();
    }

    private CustomerTicket seen() {
        return team.ada().on(ID).ticket();
    }

    private List<CustomerEvent> history() {
        return team.ada().on(ID).history(ALL).items();
    }

    private static String code(Runnable call) {
        try {
            call.run();
            return "";
        } catch (Conflict e) {
            return e.code();
        }
    }

    @SafeVarargs
    private void run(Function<TicketEvent.Header, TicketEvent>... events) {
        Imports.Report report = team.tickets()
                .imports()
                .run(List.of(Elsewhere.ticket(ID, events)).iterator());
        assertThat(report).isEqualTo(new Imports.Report(1, 0, List.of()));
    }

    private static TicketEvent.Header byCustomer(TicketEvent.Header header) {
        return Elsewhere.by(header, CUSTOMER);
    }
}
