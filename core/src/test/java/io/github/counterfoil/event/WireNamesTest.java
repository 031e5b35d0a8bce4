package io.github.counterfoil.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Constants know the documented values, and documented values their constants. */
class WireNamesTest {

    @Test
    void every_documented_value_has_its_constant_and_no_other_text_has_one() {
        assertBothWays(
                TicketStatus.values(),
                TicketStatus::wireName,
                TicketStatus::ofWireName,
                "new",
                "open",
                "pending",
                "closed");
        assertBothWays(Priority.values(), Priority::wireName, Priority::ofWireName, "low", "medium", "high");
        assertBothWays(
                Participants.Kind.values(),
                Participants.Kind::wireName,
                Participants.Kind::ofWireName,
                "copy",
                "requester");
        assertBothWays(Role.values(), Role::wireName, Role::ofWireName, "agent", "customer");
        assertBothWays(Visibility.values(), Visibility::wireName, Visibility::ofWireName, "public", "private");
        assertBothWays(WorkerRole.values(), WorkerRole::wireName, WorkerRole::ofWireName, "agent", "admin");
    }

    private static <E> void assertBothWays(
            E[] constants,
            Function<E, String> wireName,
            Function<String, Optional<E>> ofWireName,
            String... documented) {
        assertThat(Arrays.stream(constants).map(wireName)).containsExactly(documented);
        assertThat(Arrays.stream(documented).map(ofWireName).map(Optional::orElseThrow))
                .containsExactly(constants);
        for (String other : List.of("", "NEW", "LOW", "AGENT", "PUBLIC", "other")) {
            assertThat(ofWireName.apply(other)).isEmpty();
        }
    }
}
