package io.github.counterfoil.verification;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A database of its own for random histories, with a clock that they move. */
final class HistoriesWorld implements AutoCloseable {
    private static final Set<String> SHOWN = Set.of(
            "message",
            "status-update",
            "assignment-added",
            "assignment-removed",
            "priority-update",
            "title-update",
            "description-update",
            "feedback-submitted",
            "event-redacted",
            AnyCommand.ESCALATED.name());

    /** A worker who is active no more: histories from elsewhere name them. */
    static final UUID FORMER = UUID.randomUUID();

    private final TestDatabase database = TestDatabase.withSchema();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    final SupportTeam team;

    HistoriesWorld() {
        team = SupportTeam.registered(TicketService.builder(database.connections())
                .clock(() -> now)
                .eventType(AnyCommand.ESCALATED)
                .eventType(AnyCommand.FRAUD_CHECK)
                .build());
        team.tickets().people().registerWorker(NewWorker.of(FORMER, "frank@example.com", "Frank", "Former"));
        team.tickets().admin(SupportTeam.EVE).deactivate(FORMER);
    }

    Instant now() {
        return now;
    }

    void now(Instant moment) {
        now = moment;
    }

    /** Whether the event's customer must see it. */
    static boolean shows(TicketEvent event) {
        return event.visibility() == Visibility.PUBLIC
                && SHOWN.contains(event.type())
                && !(event instanceof TicketEvent.UnknownEvent);
    }

    /** Makes PostgreSQL store something else than what the commands' SQL says, as a fault in it would. */
    void plant(String table, String when, String fault) {
        database.execute("""
                create function counterfoil.planted() returns trigger language plpgsql as $$ begin %s; return new; end $$;
                create trigger planted before %s on counterfoil.%s for each row execute function counterfoil.planted();
                """.formatted(fault, when, table));
    }

    @Override
    public void close() {
        database.close();
    }
}
