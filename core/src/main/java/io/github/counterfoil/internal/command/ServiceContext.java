package io.github.counterfoil.internal.command;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Replica;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.Workflow;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all desks of a service share.
 *
 * @param searched whether texts may be looked for
 * @param indexed whether what texts are found by is stored with them
 * @param clock the host's; null for the database's
 * @param replica for what may be late; null if there is none
 * @param files where attachments are kept; null for nowhere
 */
public record ServiceContext(
        Database database,
        Workflow workflow,
        TicketLimit ticketLimit,
        boolean searched,
        boolean indexed,
        EventTypes eventTypes,
        AgentDisplay agentDisplay,
        @Nullable InstantSource clock,
        @Nullable Replica replica,
        @Nullable KeptFiles files) {

    public ServiceContext on(Database other) {
        return new ServiceContext(
                other, workflow, ticketLimit, searched, indexed, eventTypes, agentDisplay, clock, replica, files);
    }

    public ServiceContext withoutReplica() {
        return new ServiceContext(
                database, workflow, ticketLimit, searched, indexed, eventTypes, agentDisplay, clock, null, files);
    }

    /** Where attachments are kept; a typed error for nowhere. */
    public KeptFiles keptFiles() {
        if (files == null) {
            throw new InvalidInput("attachments", "no_store", null);
        }
        return files;
    }

    /** For lists and histories, which a replica may answer. */
    public Database late() {
        return database.late(replica);
    }

    public Access access(Actor actor) {
        return new Access(actor, eventTypes.customerVisible());
    }

    /** The exception of a command that was refused. */
    public Refusal refusal(Actor actor, Refused refused, UUID commandId) {
        return refusal(actor, refused, () -> refused.exception(commandId));
    }

    /** As {@link #refusal(Actor, Refused, UUID)}, of a call that has no command id. */
    public Refusal refusal(Actor actor, Refused refused) {
        return refusal(actor, refused, refused::exception);
    }

    private Refusal refusal(Actor actor, Refused refused, Supplier<Refusal> other) {
        return refused.is("actor.unknown")
                ? database.reads(reads -> access(actor).unknown(database, reads))
                : other.get();
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
