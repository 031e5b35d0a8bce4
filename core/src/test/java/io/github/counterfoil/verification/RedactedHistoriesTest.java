package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketSnapshot;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random histories in which something is redacted now and then: they are verified, come in elsewhere and are the same there, and a
 * document from before is there already. A longer run: {@code -Dcounterfoil.histories=200000}.
 */
@ExtendWith(Chance.class)
class RedactedHistoriesTest {
    private static final int HISTORIES = Math.max(1, Integer.getInteger("counterfoil.histories", 1_000) / 25);
    private static final int MAX_STEPS = 24;
    private static final List<String> MEMBERS =
            List.of("content", "old_value", "new_value", "comment", "attachments", "attachments[0]", "reason", "text");

    @Test
    void a_ticket_is_what_its_history_makes_of_it_though_something_was_redacted() {
        try (HistoriesWorld world = new HistoriesWorld();
                HistoriesWorld elsewhere = new HistoriesWorld()) {
            int redacted = 0;
            for (int history = 0; history < HISTORIES; history++) {
                try {
                    redacted += play(world, elsewhere, new Random(Chance.seed() + history));
                } catch (AssertionError e) {
                    throw new AssertionError("history " + history + " of seed " + Chance.seed(), e);
                }
            }
            assertThat(redacted).isGreaterThan(HISTORIES);
            assertThat(world.team.tickets().verifyAll().discrepancies()).isEmpty();
            assertThat(elsewhere.team.tickets().verifyAll().discrepancies()).isEmpty();
        }
    }

    /** How many events tell of redactions. */
    private static int play(HistoriesWorld world, HistoriesWorld elsewhere, Random random) {
        UUID id = open(world, random);
        JsonValue before = document(world, id);
        for (int step = random.nextInt(MAX_STEPS); step >= 0; step--) {
            world.now(world.now().plusMillis(random.nextInt(3)));
            try {
                if (random.nextInt(4) == 0) {
                    redact(world, id, random);
                } else {
                    AnyCommand.run(world.team, id, random);
                }
            } catch (Refusal e) {
                // As good as nothing.
            }
            if (random.nextInt(5) == 0) {
                before = document(world, id);
            }
        }
        JsonValue now = document(world, id);
        assertThat(load(world, before).faults()).isEmpty();
        assertThat(document(world, id)).isEqualTo(now);

        Imports.Report report = load(elsewhere, now);
        assertThat(report.faults()).isEmpty();
        assertThat(report.remarks()).isEmpty();
        assertThat(withoutFeedbacksTime(document(elsewhere, id))).isEqualTo(withoutFeedbacksTime(now));
        List<TicketEvent> events =
                world.team.jane().on(id).history(PageRequest.oldestFirst(200)).items();
        for (int version = 0; version <= events.size(); version++) {
            assertThat(parts(elsewhere.team.jane().on(id).at(version)))
                    .isEqualTo(parts(world.team.jane().on(id).at(version)));
        }
        return (int) events.stream()
                .filter(TicketEvent.EventRedacted.class::isInstance)
                .count();
    }

    private static UUID open(HistoriesWorld world, Random random) {
        NewTicket start = NewTicket.of("Title " + random.nextInt(3), "Text " + random.nextInt(3));
        if (random.nextBoolean()) {
            start = start.tags("b", "a").field("f0", JsonValue.of(random.nextInt(2)));
        }
        if (random.nextBoolean()) {
            return world.team.jane().open(ADA, start).id();
        }
        ImportedTicket imported = AnyImport.of(start, ADA, world.now(), random);
        assertThat(world.team
                        .tickets()
                        .imports()
                        .run(List.of(imported).iterator())
                        .faults())
                .isEmpty();
        return imported.id();
    }

    private static void redact(HistoriesWorld world, UUID id, Random random) {
        Redactions redactions = world.team.tickets().admin(EVE).redactions();
        List<TicketEvent> events =
                world.team.jane().on(id).history(PageRequest.oldestFirst(200)).items();
        if (events.isEmpty() || random.nextInt(8) == 0) {
            redactions.redact(id, random.nextBoolean() ? Redaction.ofWholeBeginning() : Redaction.ofBeginning("title"));
            return;
        }
        UUID event = events.get(random.nextInt(events.size())).id();
        redactions.redact(
                id,
                random.nextBoolean()
                        ? Redaction.ofEverythingIn(event).reason("Reason " + random.nextInt(9))
                        : Redaction.of(event, MEMBERS.get(random.nextInt(MEMBERS.size()))));
    }

    /** No document tells where tags stood that are gone. */
    private static List<Object> parts(TicketSnapshot ticket) {
        return List.of(
                ticket.title(),
                ticket.description(),
                ticket.status(),
                ticket.customFields(),
                Set.copyOf(ticket.tags()),
                Set.copyOf(ticket.assigneeIds()));
    }

    /** At a desk that is its time as customers see it, which no document tells. */
    private static String withoutFeedbacksTime(JsonValue document) {
        return document.text().replaceAll("\"submitted_at\":\"[^\"]*\"", "");
    }

    private static JsonValue document(HistoriesWorld world, UUID id) {
        return world.team.tickets().documents().ticket(id).orElseThrow();
    }

    private static Imports.Report load(HistoriesWorld into, JsonValue document) {
        return into.team.tickets().documents().importTickets(List.of(document).iterator());
    }
}
