package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A command that names the version it was decided on. */
@Tag("storage")
class ExpectingTest {
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
    void close() {
        database.close();
    }

    @Test
    void a_command_on_the_version_seen_is_applied_and_answers_the_next_one() {
        CommandResult<TicketEvent> first = team.jane().expecting(0).assign(id, JANE);
        CommandResult<TicketEvent> second =
                team.jane().expecting(first.version()).close(id);
        assertThat(second.version()).isEqualTo(3);
    }

    @Test
    void a_command_on_a_stale_version_is_refused_with_what_happened_since() {
        team.jane().assign(id, JANE);
        CommandResult<TicketEvent> note = team.tom().note(id, "Careful");
        assertThatExceptionOfType(StaleTicket.class)
                .isThrownBy(() -> team.jane().expecting(2).close(id))
                .satisfies(e -> {
                    assertThat(e.expected()).isEqualTo(2);
                    assertThat(e.actual()).isEqualTo(3);
                    assertThat(e.since()).asList().isEqualTo(note.events());
                })
                .withMessageNotContaining("Careful");
        assertThat(team.jane().ticket(id).status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void a_customers_version_does_not_move_with_what_is_private() {
        int seen = team.ada().ticket(id).version();
        team.jane().note(id, "Private");
        team.jane().setField(id, "serial", "A-1");
        assertThat(team.ada().expecting(seen).close(id).version()).isEqualTo(1);

        team.jane().note(id, "Private");
        team.jane().reply(id, "Closed so soon?");
        assertThatExceptionOfType(StaleTicket.class)
                .isThrownBy(() -> team.ada().expecting(1).reopen(id))
                .satisfies(e -> assertThat(e.actual()).isEqualTo(2))
                .satisfies(
                        e -> assertThat(e.since()).asList().singleElement().isInstanceOf(CustomerEvent.Message.class));
    }

    @Test
    void a_version_from_the_future_is_stale_too() {
        assertThatExceptionOfType(StaleTicket.class)
                .isThrownBy(() -> team.jane().expecting(7).close(id))
                .satisfies(e -> assertThat(e.since()).asList().isEmpty());
    }

    @Test
    void a_negative_version_and_a_version_for_a_new_ticket_are_mistakes() {
        assertThatThrownBy(() -> team.jane().expecting(-1)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> team.ada().expecting(0).open(NewTicket.of("T", "D")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_replay_is_answered_even_if_the_version_has_moved_on() {
        UUID command = UUID.randomUUID();
        team.jane().once(command).expecting(0).note(id, "Text");
        team.jane().note(id, "More");
        assertThat(team.jane().once(command).expecting(0).note(id, "Text").outcome())
                .isEqualTo(CommandResult.Outcome.REPLAYED);
    }
}
