package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Ticket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A command under an id is stored once, however often it is sent. */
@Tag("storage")
class OnceTest {
    private static final Supplier<SQLException> LOST = () -> new SQLException("the connection was lost", "08006");

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void the_same_command_again_gives_the_first_answer_and_stores_nothing() {
        UUID command = UUID.randomUUID();
        team.jane().on(id).note("Before");
        CommandResult<TicketEvent> first = team.jane().on(id).once(command).assign(JANE);
        team.jane().on(id).note("After");
        CommandResult<TicketEvent> again = team.jane().on(id).once(command).assign(JANE);

        assertThat(first.events()).hasSize(2);
        assertThat(again.outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.version()).isEqualTo(first.version()).isEqualTo(3);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(4);
    }

    @Test
    void a_customers_replay_has_the_customers_numbers() {
        UUID command = UUID.randomUUID();
        team.jane().on(id).note("Private, and before");
        var first = team.ada().on(id).once(command).reply("Hello?");
        team.jane().on(id).reply("Yes?");
        var again = team.ada().on(id).once(command).reply("Hello?");
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.version()).isEqualTo(first.version()).isEqualTo(1);
    }

    @Test
    void another_content_under_the_same_id_is_refused_and_stores_nothing() {
        UUID command = UUID.randomUUID();
        team.jane().on(id).once(command).setField("serial", "A-1");
        assertThatThrownBy(() -> team.jane().on(id).once(command).setField("serial", "A-2"))
                .isInstanceOfSatisfying(
                        CommandIdReused.class, e -> assertThat(e.commandId()).isEqualTo(command));
        assertThatThrownBy(() -> team.jane().on(id).once(command).note("A-1")).isInstanceOf(CommandIdReused.class);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
    }

    @Test
    void an_id_counts_for_its_actor_only_so_that_nobody_learns_of_anothers() {
        UUID command = UUID.randomUUID();
        team.jane().on(id).once(command).note("Secret");
        assertThat(team.tom().on(id).once(command).note("Other").outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(team.ada().on(id).once(command).reply("Other").outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void opening_a_ticket_again_gives_the_same_ticket() {
        UUID command = UUID.randomUUID();
        NewTicket ticket = NewTicket.of("Title", "Text").channel("web");
        CustomerTicket first = team.ada().open(ticket, command);
        assertThat(team.ada().open(ticket, command)).isEqualTo(first);
        assertThatThrownBy(() -> team.ada().open(NewTicket.of("Title", "Other"), command))
                .isInstanceOf(CommandIdReused.class);
        assertThat(team.bob().open(ticket, command).id()).isNotEqualTo(first.id());
        assertThat(database.value("select count(*) from counterfoil.ticket")).isEqualTo("3");
    }

    @Test
    void opening_a_ticket_again_gives_it_as_it_was_opened() {
        UUID command = UUID.randomUUID();
        NewTicket ticket = NewTicket.of("Title", "Text").tags("tag");
        Ticket first = team.jane().open(ADA, ticket, command);
        team.jane().on(first.id()).reply("Later");
        team.jane().on(first.id()).moveToCustomer(BOB);
        assertThat(team.jane().open(ADA, ticket, command)).isEqualTo(first);
    }

    @Test
    void what_was_stored_is_told_whatever_became_of_the_ticket_and_of_rights_since() {
        UUID command = UUID.randomUUID();
        NewTicket ticket = NewTicket.of("Title", "Text");
        var reply = team.ada().on(id).once(command).reply("Hello?");
        CustomerTicket opened = team.ada().open(ticket, command);
        var note = team.tom().on(id).once(command).note("Mine");
        Ticket toms = team.tom().open(ADA, ticket, command);

        team.jane().on(id).moveToCustomer(BOB);
        team.jane().on(opened.id()).moveToCustomer(BOB);
        team.tickets().admin(EVE).deactivate(TOM);

        assertThat(team.ada().on(id).once(command).reply("Hello?").events()).isEqualTo(reply.events());
        assertThat(team.ada().open(ticket, command)).isEqualTo(opened);
        assertThat(team.tom().on(id).once(command).note("Mine").events()).isEqualTo(note.events());
        assertThat(team.tom().open(ADA, ticket, command)).isEqualTo(toms);

        assertThatThrownBy(() -> team.ada().on(id).once(command).reply("Another"))
                .isInstanceOf(TicketNotFound.class);
        assertThatThrownBy(() -> team.tom().on(id).once(command).note("Another"))
                .isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> team.tom().open(ADA, NewTicket.of("Title", "Other"), command))
                .isInstanceOf(NotAllowed.class);
    }

    @Test
    void the_same_command_of_two_people_on_one_ticket_gives_each_their_own_events() {
        UUID command = UUID.randomUUID();
        var janes = team.jane().on(id).once(command).reply("Hello");
        var toms = team.tom().on(id).once(command).reply("Hello");
        assertThat(team.jane().on(id).once(command).reply("Hello").events()).isEqualTo(janes.events());
        assertThat(team.tom().on(id).once(command).reply("Hello").events()).isEqualTo(toms.events());
    }

    @Test
    void one_command_sent_by_many_threads_at_once_is_stored_once_and_answered_alike() throws Exception {
        UUID command = UUID.randomUUID();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<CommandResult<TicketEvent>>> running = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                running.add(
                        threads.submit(() -> team.jane().on(id).once(command).reply("Hello")));
            }
            List<CommandResult<TicketEvent>> answers = new ArrayList<>();
            for (Future<CommandResult<TicketEvent>> one : running) {
                answers.add(one.get());
            }
            assertThat(answers)
                    .extracting(CommandResult::outcome)
                    .containsOnlyOnce(Outcome.APPLIED)
                    .containsOnly(Outcome.APPLIED, Outcome.REPLAYED);
            assertThat(answers)
                    .extracting(CommandResult::events)
                    .containsOnly(answers.get(0).events());
        } finally {
            threads.shutdownNow();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
    }

    @Test
    void a_command_whose_connection_is_lost_after_it_was_stored_is_sent_again_and_stored_once() {
        FaultyConnections losing = new FaultyConnections(database.dataSource());
        TicketService tickets = TicketService.builder(losing).build();
        tickets.agent(JANE).on(id).ticket();
        losing.failAfter("execute", 1, LOST);
        CommandResult<TicketEvent> result = tickets.agent(JANE).on(id).reply("Hello");
        assertThat(result.outcome()).isEqualTo(Outcome.REPLAYED);
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(10)).items())
                .isEqualTo(result.events());

        losing.failAfter("execute", 1, LOST);
        CustomerTicket opened = tickets.customer(ADA).open(NewTicket.of("Title", "Text"));
        assertThat(team.ada().on(opened.id()).ticket()).isEqualTo(opened);
        assertThat(database.value("select count(*) from counterfoil.ticket")).isEqualTo("2");
    }

    @Test
    void if_the_database_stays_away_the_outcome_is_unknown_and_the_same_command_finds_out() {
        FaultyConnections losing = new FaultyConnections(database.dataSource());
        TicketService tickets =
                TicketService.builder(losing).deadline(Duration.ofMillis(500)).build();
        tickets.agent(JANE).on(id).ticket();
        UUID command = UUID.randomUUID();
        losing.failAfter("execute", Integer.MAX_VALUE, LOST);
        assertThatThrownBy(() -> tickets.agent(JANE).on(id).once(command).reply("Hello"))
                .isInstanceOfSatisfying(
                        OutcomeUnknown.class, e -> assertThat(e.commandId()).contains(command));
        losing.failAfter("execute", 0, LOST);
        assertThat(tickets.agent(JANE).on(id).once(command).reply("Hello").outcome())
                .isEqualTo(Outcome.REPLAYED);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
    }
}
