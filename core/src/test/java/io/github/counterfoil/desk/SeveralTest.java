package io.github.counterfoil.desk;

import static io.github.counterfoil.command.Command.assign;
import static io.github.counterfoil.command.Command.changeStatus;
import static io.github.counterfoil.command.Command.changeTitle;
import static io.github.counterfoil.command.Command.close;
import static io.github.counterfoil.command.Command.note;
import static io.github.counterfoil.command.Command.removeField;
import static io.github.counterfoil.command.Command.reply;
import static io.github.counterfoil.command.Command.setField;
import static io.github.counterfoil.command.Command.tag;
import static io.github.counterfoil.command.Command.untag;
import static io.github.counterfoil.command.CustomerCommand.rate;
import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several commands as one. */
@Tag("storage")
class SeveralTest {
    private static final UUID NOBODY = UUID.fromString("00000000-0000-4000-8000-0000000000ff");

    private TestDatabase database;
    private SupportTeam team;
    private UUID id;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        team = SupportTeam.in(database);
        id = team.ticket();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void have_their_events_together_in_the_order_of_the_commands() {
        CommandResult<TicketEvent> result = team.jane()
                .on(id)
                .apply(reply("Still there?"), assign(JANE), changeStatus(TicketStatus.PENDING), tag("a", "b"));
        assertThat(result.outcome()).isEqualTo(CommandResult.Outcome.APPLIED);
        assertThat(result.events())
                .extracting(TicketEvent::type)
                .containsExactly(
                        "message", "assignment-added", "status-update", "status-update", "tag-added", "tag-added");
        assertThat(result.events()).extracting(TicketEvent::seq).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(result.events())
                .extracting(TicketEvent::createdAt)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(result.version()).isEqualTo(6);
        assertThat(team.jane().on(id).history(PageRequest.oldestFirst(50)).items())
                .isEqualTo(result.events());
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    @Test
    void see_what_those_before_them_did() {
        CommandResult<TicketEvent> result = team.jane()
                .on(id)
                .apply(
                        changeTitle("First"),
                        changeTitle("Second"),
                        Command.changeDescription("First"),
                        Command.changeDescription("Second"),
                        setField("serial", "A"),
                        setField("serial", "B"),
                        removeField("serial"),
                        tag("x"),
                        untag("x"),
                        assign(TOM),
                        close());
        assertThat(result.events())
                .filteredOn(event -> event instanceof TicketEvent.DescriptionUpdate)
                .extracting(event -> ((TicketEvent.DescriptionUpdate) event).oldValue())
                .containsExactly("It burns.", "First");
        Ticket ticket = team.jane().on(id).ticket();
        assertThat(ticket.title()).isEqualTo("Second");
        assertThat(ticket.description()).isEqualTo("Second");
        assertThat(ticket.customFields()).isEmpty();
        assertThat(ticket.tags()).isEmpty();
        assertThat(database.value("select count(*) from counterfoil.ticket_resolution where worker_id = '" + TOM + "'"))
                .isEqualTo("1");
        assertThat(team.jane().on(id).at(0).title()).isEqualTo("Printer on fire");
        assertThat(team.jane().on(id).at(0).description()).isEqualTo("It burns.");
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    @Test
    void of_which_one_is_refused_store_nothing_and_leave_a_hosts_transaction_usable() throws SQLException {
        String before = contents();
        try (Connection tx = database.dataSource().getConnection()) {
            tx.setAutoCommit(false);
            AgentHandle ticket = team.tickets().joining(tx).agent(JANE).on(id);
            assertThatThrownBy(() -> ticket.apply(
                            reply("Text"), assign(TOM), setField("a", "b"), close(), tag("x"), assign(NOBODY)))
                    .isInstanceOf(PersonNotFound.class)
                    .hasMessageContaining("worker " + NOBODY);
            assertThat(contents()).isEqualTo(before);
            assertThat(ticket.ticket().version()).isZero();
            ticket.note("The transaction goes on");
            tx.commit();
        }
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(1);
        assertThat(team.tickets().verifyAll().discrepancies()).isEmpty();
    }

    @Test
    void are_one_command_id_and_come_back_as_they_were_stored() {
        UUID command = UUID.randomUUID();
        List<Command> commands = List.of(reply("Text"), changeStatus(TicketStatus.PENDING), tag("x"));
        CommandResult<TicketEvent> first = team.jane().on(id).once(command).apply(commands);
        team.jane().on(id).note("Between");
        team.ada().on(id).reply("Between too");
        CommandResult<TicketEvent> again = team.jane().on(id).once(command).apply(commands);
        assertThat(again.outcome()).isEqualTo(CommandResult.Outcome.REPLAYED);
        assertThat(again.events()).isEqualTo(first.events());
        assertThat(again.version()).isEqualTo(first.version());
        assertThatThrownBy(() -> team.jane().on(id).once(command).apply(commands.subList(0, 2)))
                .isInstanceOf(CommandIdReused.class);
        assertThatThrownBy(() -> team.jane().on(id).once(command).apply(tag("x"), reply("Text")))
                .isInstanceOf(CommandIdReused.class);
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(6);
    }

    @Test
    void are_one_check_of_the_version() {
        assertThat(team.jane()
                        .on(id)
                        .expecting(0)
                        .apply(reply("One"), reply("Two"))
                        .version())
                .isEqualTo(2);
        assertThatExceptionOfType(StaleTicket.ForAgent.class)
                .isThrownBy(() -> team.jane().on(id).expecting(1).apply(reply("Three"), reply("Four")))
                .satisfies(stale -> assertThat(stale.since()).hasSize(1));
        assertThat(team.jane().on(id).ticket().version()).isEqualTo(2);
    }

    @Test
    void that_change_nothing_are_unchanged_together() {
        team.jane().on(id).apply(tag("x"), assign(JANE));
        assertThat(team.jane()
                        .on(id)
                        .apply(tag("x"), assign(JANE), untag("y"), removeField("none"))
                        .outcome())
                .isEqualTo(CommandResult.Outcome.UNCHANGED);
    }

    @Test
    void are_a_customers_too_within_what_the_workflow_leaves_them() {
        team.jane().on(id).assign(JANE);
        CommandResult<CustomerEvent> result =
                team.ada().on(id).apply(reply("It works again."), close(), rate(5, "Quick"));
        assertThat(result.events())
                .extracting(CustomerEvent::type)
                .containsExactly("message", "status-update", "feedback-submitted");
        assertThat(result.version()).isEqualTo(5);
        assertThatThrownBy(() -> team.ada().on(id).apply(reply("And again."), close(), rate(1, null), rate(2, null)))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("feedback.exists");
        assertThatThrownBy(() -> team.ada().on(id).apply(reply("Open it"), rate(1, null)))
                .as("a reply reopens, and an open ticket cannot be rated")
                .isInstanceOf(NotAllowed.class);
        assertThat(team.ada().on(id).ticket().version()).isEqualTo(5);
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    @Test
    void have_all_their_faults_told_together_by_their_places() {
        assertThatThrownBy(() -> team.jane()
                        .on(id)
                        .apply(reply(" "), tag("ok", ""), Command.assign(null), changeStatus(TicketStatus.NEW), null))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands[0].text.blank, commands[1].tags[1].blank, commands[2].worker_id.required,"
                        + " commands[3].status.not_reachable, commands[4].required");
        assertThatThrownBy(() -> team.jane().on(id).apply())
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands.required");
        assertThatThrownBy(() -> team.jane().on(id).apply(Collections.nCopies(51, reply("Text"))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands.too_many (limit 50)");
        assertThatThrownBy(() -> team.jane().on(id).apply(Collections.nCopies(17, reply("x".repeat(4 * 1024 * 1024)))))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands.too_large (limit 67108864)");
    }

    @Test
    void have_their_faults_in_the_order_of_their_places_beyond_the_tenth_too() {
        List<Command> blank = Collections.nCopies(12, reply(" "));

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> team.jane().on(id).apply(blank))
                .satisfies(refused -> assertThat(refused.faults())
                        .extracting(InvalidInput.Fault::field)
                        .startsWith("commands[0].text", "commands[1].text", "commands[2].text")
                        .endsWith("commands[10].text", "commands[11].text"));
    }

    @Test
    void name_the_one_that_was_refused() {
        UUID nobody = new UUID(0, 99);
        assertThatExceptionOfType(PersonNotFound.class)
                .isThrownBy(() -> team.jane().on(id).apply(reply("Text"), tag("x"), assign(nobody)))
                .withMessage("no worker " + nobody + " (commands[2])")
                .satisfies(refused -> assertThat(refused.commandIndex()).hasValue(2));
        assertThatExceptionOfType(NotAllowed.class)
                .isThrownBy(() -> team.jane().on(id).apply(changeStatus(TicketStatus.PENDING), Command.reopen()))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo("status.not_allowed");
                    assertThat(refused.commandIndex()).hasValue(1);
                });
        assertThatExceptionOfType(Conflict.class)
                .isThrownBy(() -> team.ada().on(id).apply(close(), rate(5, null), rate(4, null)))
                .satisfies(refused -> assertThat(refused.commandIndex()).hasValue(2));
        assertThatExceptionOfType(NotAllowed.class)
                .isThrownBy(() -> customersMayNotClose().on(id).apply(reply("Text"), close()))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo("transition.not_allowed");
                    assertThat(refused.commandIndex()).hasValue(1);
                });
        assertThatExceptionOfType(PersonNotFound.class)
                .isThrownBy(() -> team.jane().on(id).assign(nobody))
                .withMessage("no worker " + nobody)
                .satisfies(refused -> assertThat(refused.commandIndex()).isEmpty());
        assertThat(team.jane().onEach(List.of(id)).apply(tag("x"), assign(nobody)))
                .singleElement()
                .satisfies(result -> assertThat(result.refusal().orElseThrow().commandIndex())
                        .hasValue(1));
        assertThat(team.jane().on(id).ticket().version()).isZero();
    }

    private CustomerDesk customersMayNotClose() {
        return TicketService.builder(database.connections())
                .workflow(Workflow.standard().customerMayClose(false))
                .build()
                .customer(ADA);
    }

    @Test
    void name_the_place_of_what_the_ticket_has_no_room_for() {
        String[] many = IntStream.range(0, 30).mapToObj(n -> "tag " + n).toArray(String[]::new);
        String[] more = IntStream.range(30, 60).mapToObj(n -> "tag " + n).toArray(String[]::new);
        assertThatThrownBy(() -> team.jane().on(id).apply(reply("Text"), tag(many), tag(more)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("commands[2].tags.too_many (limit 50)");
        assertThat(team.jane().on(id).ticket().version()).isZero();
        team.jane().on(id).tag(many);
        assertThatThrownBy(() -> team.jane().on(id).tag(more))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("tags.too_many (limit 50)");
    }

    @Test
    void under_32_racers_are_stored_whole_or_not_at_all() throws Exception {
        List<UUID> stored = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Void>> racers = new ArrayList<>();
            for (int racer = 0; racer < 32; racer++) {
                String name = "racer-" + racer;
                boolean refused = racer % 4 == 3;
                racers.add(() -> {
                    for (int round = 0; round < 4; round++) {
                        UUID command = UUID.randomUUID();
                        AgentCommands commands = team.jane().on(id).once(command);
                        try {
                            CommandResult<TicketEvent> result = commands.apply(
                                    reply(name),
                                    note(name),
                                    refused ? assign(NOBODY) : setField(name, command.toString()));
                            assertThat(result.events().get(0).id()).isNotNull();
                            stored.add(command);
                        } catch (PersonNotFound e) {
                            assertThat(refused).isTrue();
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> one : threads.invokeAll(racers)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(stored).hasSize(24 * 4);
        assertThat(
                        database.query(
                                "select string_agg(type, ' ' order by seq) || case when max(seq) - min(seq) + 1 = count(*)"
                                        + " then '' else ' with others between' end from counterfoil.ticket_event group by command"))
                .hasSize(24 * 4)
                .containsOnly("message note-added field-added", "message note-added field-removed field-added");
        assertThat(team.tickets().verify(id).discrepancies()).isEmpty();
    }

    private String contents() {
        return database.value("select (select count(*) from counterfoil.ticket_event) || ' '"
                + " || (select count(*) from counterfoil.ticket_assignment) || ' '"
                + " || (select count(*) from counterfoil.ticket_resolution) || ' ' || (select string_agg(t::text, ' ') from"
                + " counterfoil.ticket t)");
    }
}
