package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.Workflow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all desks of a service share.
 *
 * @param clock the host's; null for the database's
 */
public record ServiceContext(
        Database database,
        Workflow workflow,
        TicketLimit ticketLimit,
        EventTypes eventTypes,
        AgentDisplay agentDisplay,
        @Nullable InstantSource clock) {

    public ServiceContext on(Database other) {
        return new ServiceContext(other, workflow, ticketLimit, eventTypes, agentDisplay, clock);
    }

    public Access access(Actor actor) {
        return new Access(actor, eventTypes.customerVisible());
    }

    public EventReader events() {
        return new EventReader(eventTypes);
    }

    public @Nullable Instant now() {
        if (clock == null) {
            return null;
        }
        Instant instant = clock.instant();
        Faults faults = new Faults();
        faults.add("clock", MomentRules.happened(instant, 0));
        faults.throwIfAny();
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
