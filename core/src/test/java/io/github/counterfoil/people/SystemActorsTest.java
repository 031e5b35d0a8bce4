package io.github.counterfoil.people;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Actors of the host's that are no people. */
@Tag("storage")
class SystemActorsTest {
    private static final UUID AUTO_CLOSE = UUID.fromString("00000000-0000-4000-8000-0000000000a0");
    private static final Instant AT = Instant.parse("2024-01-01T00:00:00Z");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final TicketService tickets = team.tickets();

    @Test
    void what_a_system_does_says_who() {
        UUID id = team.ticket();
        UUID autoClose = AUTO_CLOSE;
        // region: system
        tickets.people().registerSystem(autoClose, "Auto-close"); // a fixed id; safe to call whenever you start
        tickets.system(autoClose).on(id).apply(Command.reply("Closed after 30 days."), Command.close());
        // endregion
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(5)).items())
                .extracting(TicketEvent::author)
                .containsOnly(new Author(AUTO_CLOSE, "Auto-close", "", Role.AGENT));
        assertThat(team.ada().on(id).history(PageRequest.oldestFirst(5)).items())
                .extracting(CustomerEvent::authorName)
                .containsOnly("Auto-close");
        assertThat(database.query(
                        "select distinct e ->> 'role' || ' ' || (e ->> 'created_by_uuid') from counterfoil.tickets,"
                                + " jsonb_array_elements(ticket_history -> 'events') e"))
                .containsExactly("agent " + AUTO_CLOSE);
        Ticket opened = tickets.system(AUTO_CLOSE).open(ADA, NewTicket.of("Your printer", "It is due."));
        assertThat(opened.createdBy()).isEqualTo(AUTO_CLOSE);
        assertThat(tickets.verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void it_needs_no_user() {
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        assertThat(database.query("select id from auth.users where id = '" + AUTO_CLOSE + "'"))
                .isEmpty();
    }

    @Test
    void registering_it_again_names_it_anew() {
        UUID id = team.ticket();
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        tickets.system(AUTO_CLOSE).on(id).note("Before");
        tickets.people().registerSystem(AUTO_CLOSE, "Closer");
        tickets.people().registerSystem(AUTO_CLOSE, "Closer");
        tickets.system(AUTO_CLOSE).on(id).note("After");
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(5)).items())
                .extracting(event -> event.author().firstName())
                .containsExactly("Auto-close", "Closer");
    }

    @Test
    void it_is_no_worker_in_lists_figures_loads_and_the_view() {
        UUID id = team.ticket();
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        assertThat(tickets.people().worker(AUTO_CLOSE)).isEmpty();
        assertThat(team.jane().directory().worker(AUTO_CLOSE)).isEmpty();
        String email = database.value("select email from counterfoil.worker where system");
        assertThat(tickets.people().workerByEmail(email)).isEmpty();
        assertThat(tickets.people()
                        .workers(Worker.Filter.all(), PageRequest.oldestFirst(50))
                        .items())
                .hasSize(3);
        assertThat(database.value("select count(*) from counterfoil.workers")).isEqualTo("3");
        assertThat(tickets.documents().worker(AUTO_CLOSE)).isEmpty();
        notFound("worker.not_found", () -> tickets.figures().worker(AUTO_CLOSE, AT, Instant.now()));
        notFound("worker.not_found", () -> team.jane().on(id).assign(AUTO_CLOSE));
        notFound("worker.not_found", () -> tickets.system(AUTO_CLOSE).on(id).assign(AUTO_CLOSE));
    }

    @Test
    void it_is_no_administrator_and_administrators_decide_nothing_about_it() {
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        assertThatThrownBy(() -> tickets.admin(AUTO_CLOSE).deactivate(JANE)).isInstanceOf(NotAllowed.class);
        notFound("worker.not_found", () -> tickets.admin(EVE).changeRole(AUTO_CLOSE, WorkerRole.ADMIN));
        notFound("worker.not_found", () -> tickets.admin(EVE).deactivate(AUTO_CLOSE));
        notFound("worker.not_found", () -> tickets.admin(EVE).reactivate(AUTO_CLOSE));
        notFound(
                "worker.not_found",
                () -> tickets.people()
                        .updateWorker(AUTO_CLOSE, Worker.Changes.none().name("A", "B")));
        notFound("person.not_found", () -> tickets.admin(EVE).erase(AUTO_CLOSE));
        tickets.system(AUTO_CLOSE).on(team.ticket()).note("Still here");
    }

    @Test
    void the_id_of_a_customer_is_no_systems_nor_that_of_who_was_erased() {
        for (String code : List.of("person.exists", "person.erased")) {
            assertThatThrownBy(() -> tickets.people().registerSystem(ADA, "Auto-close"))
                    .isInstanceOfSatisfying(
                            Conflict.class, e -> assertThat(e.code()).isEqualTo(code));
            tickets.admin(EVE).erase(ADA);
        }
        assertThat(tickets.people().customer(ADA).orElseThrow().firstName()).isEqualTo("Erased");
    }

    @Test
    void the_id_of_a_worker_is_no_systems_and_the_other_way_round() {
        assertThatThrownBy(() -> tickets.people().registerSystem(JANE, "Auto-close"))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("person.exists"));
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        assertThatThrownBy(() ->
                        tickets.people().registerWorker(NewWorker.of(AUTO_CLOSE, "new@example.com", "New", "Worker")))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo("person.exists"));
        assertThatThrownBy(() -> tickets.people().registerSystem(AUTO_CLOSE, " "))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .extracting(InvalidInput.Fault::toString)
                                .containsExactly("name.blank"));
        assertThatThrownBy(() ->
                        tickets.system(UUID.randomUUID()).on(team.ticket()).note("Nobody"))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void what_it_sends_is_nobodys_first_response() {
        tickets.people().registerSystem(AUTO_CLOSE, "Receipt");
        UUID id = team.ticket();
        tickets.system(AUTO_CLOSE).on(id).reply("We have got your message.");
        team.jane().on(id).reply("Yes?");
        assertThat(tickets.figures()
                        .worker(JANE, AT, Instant.parse("2100-01-01T00:00:00Z"))
                        .medianFirstResponse())
                .isPresent();
    }

    @Test
    void imports_take_its_events_where_it_is_registered_and_assign_nothing_to_it() {
        assertThat(imported(false, message()).faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactly("created_by.unknown");
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        assertThat(imported(false, message()).imported()).isEqualTo(1);
        assertThat(imported(false, assignment()).faults())
                .extracting(fault -> fault.field() + "." + fault.code())
                .containsExactly("agent_id.unknown");
    }

    @Test
    void whom_an_import_made_up_under_its_id_becomes_it() {
        assertThat(imported(true, message()).imported()).isEqualTo(1);
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        tickets.system(AUTO_CLOSE).on(team.ticket()).note("Here");
        UUID other = UUID.fromString("00000000-0000-4000-8000-0000000000a1");
        assertThat(imported(true, new TicketEvent.AssignmentAdded(header(JANE), other))
                        .imported())
                .isEqualTo(1);
        assertThatThrownBy(() -> tickets.people().registerSystem(other, "Auto-close"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void a_document_of_a_ticket_that_it_worked_on_comes_in_elsewhere() {
        tickets.people().registerSystem(AUTO_CLOSE, "Auto-close");
        UUID id = team.ticket();
        tickets.system(AUTO_CLOSE).on(id).changeStatus(TicketStatus.CLOSED);
        JsonValue document = tickets.documents().ticket(id).orElseThrow();
        try (TestDatabase elsewhere = TestDatabase.withSchema()) {
            SupportTeam others = SupportTeam.in(elsewhere);
            others.tickets().people().registerSystem(AUTO_CLOSE, "Auto-close");
            assertThat(others.tickets()
                            .documents()
                            .importTickets(List.of(document).iterator()))
                    .isEqualTo(new Imports.Report(1, 0, List.of()));
            assertThat(others.tickets().documents().ticket(id)).contains(document);
        }
    }

    private static void notFound(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PersonNotFound.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private TicketEvent message() {
        return new TicketEvent.Message(header(AUTO_CLOSE), "Text", List.of());
    }

    private TicketEvent assignment() {
        return new TicketEvent.AssignmentAdded(header(JANE), AUTO_CLOSE);
    }

    private TicketEvent.Header header(UUID author) {
        return new TicketEvent.Header(
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                AT,
                new Author(author, "Some", "Agent", Role.AGENT),
                Visibility.PUBLIC);
    }

    private Imports.Report imported(boolean placeholders, TicketEvent event) {
        return tickets.imports()
                .run(
                        List.of(ImportedTicket.of(event.ticketId(), NewTicket.of("Title", "Text"), ADA, AT)
                                        .events(List.of(event)))
                                .iterator(),
                        Imports.Options.standard().placeholders(placeholders));
    }
}
