package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A command that names the version it was decided on. */
@Tag("storage")
class ExpectingTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final SupportTeam team = SupportTeam.in(database);
    private final UUID id = team.ticket();

    @Test
    void a_command_on_the_version_seen_is_applied_and_answers_the_next_one() {
        CommandResult<TicketEvent> first = team.jane().on(id).expecting(0).assign(JANE);
        CommandResult<TicketEvent> second =
                team.jane().on(id).expecting(first.version()).close();
        assertThat(second.version()).isEqualTo(3);
    }

    @Test
    void a_command_on_a_stale_version_is_refused_with_what_happened_since() {
        team.jane().on(id).assign(JANE);
        CommandResult<TicketEvent> note = team.tom().on(id).note("Careful");
        assertThatExceptionOfType(StaleTicket.ForAgent.class)
                .isThrownBy(() -> team.jane().on(id).expecting(2).close())
                .satisfies(e -> {
                    assertThat(e.expected()).isEqualTo(2);
                    assertThat(e.actual()).isEqualTo(3);
                    assertThat(e.since()).isEqualTo(note.events());
                })
                .withMessageNotContaining("Careful");
        assertThat(team.jane().on(id).ticket().status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void a_customers_version_does_not_move_with_what_is_private() {
        int seen = team.ada().on(id).ticket().version();
        team.jane().on(id).note("Private");
        team.jane().on(id).setField("serial", "A-1");
        assertThat(team.ada().on(id).expecting(seen).close().version()).isEqualTo(1);

        team.jane().on(id).note("Private");
        team.jane().on(id).reply("Closed so soon?");
        assertThatExceptionOfType(StaleTicket.ForCustomer.class)
                .isThrownBy(() -> team.ada().on(id).expecting(1).reopen())
                .satisfies(e -> assertThat(e.actual()).isEqualTo(2))
                .satisfies(e -> assertThat(e.since()).singleElement().isInstanceOf(CustomerEvent.Message.class));
    }

    @Test
    void a_version_from_the_future_is_stale_too() {
        assertThatExceptionOfType(StaleTicket.ForAgent.class)
                .isThrownBy(() -> team.jane().on(id).expecting(7).close())
                .satisfies(e -> assertThat(e.since()).isEmpty());
    }

    @Test
    void a_negative_version_is_a_mistake() {
        assertThatThrownBy(() -> team.jane().on(id).expecting(-1)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> team.ada().on(id).expecting(-1)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_replay_is_answered_even_if_the_version_has_moved_on() {
        UUID command = UUID.randomUUID();
        team.jane().on(id).once(command).expecting(0).note("Text");
        team.jane().on(id).note("More");
        assertThat(team.jane().on(id).once(command).expecting(0).note("Text").outcome())
                .isEqualTo(CommandResult.Outcome.REPLAYED);
    }

    @Test
    void a_refusal_that_only_a_newer_schema_knows_is_a_refusal_with_its_code() {
        database.changeFunction("apply_command", "'ticket.stale'", "'ticket.frozen'");
        assertThatExceptionOfType(NotAllowed.class)
                .isThrownBy(() -> team.jane().on(id).expecting(7).close())
                .satisfies(e -> assertThat(e.code()).isEqualTo("ticket.frozen"));
        assertThat(team.jane()
                        .onEach(Map.of(id, 7))
                        .apply(Command.close())
                        .get(0)
                        .refusal())
                .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo("ticket.frozen"));
    }
}
