package io.github.counterfoil.internal.desk;

import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.CommandRunner;
import io.github.counterfoil.internal.command.RedactionFunctions;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.command.Steps;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The redactions of one administrator. */
final class PostgresRedactions implements Redactions {
    private static final int MAX_MEMBERS = 200;
    private static final int MAX_TICKETS = 200;

    /** Of one statement: each takes something out, and is answered. */
    private static final int MAX_EVENTS = 200;

    private static final UUID LEAST = new UUID(0, 0);

    private final ServiceContext context;
    private final Actor admin;
    private final CommandRunner<TicketEvent> runner;

    PostgresRedactions(ServiceContext context, UUID adminId) {
        this.context = context;
        this.admin = new Actor(Role.AGENT, adminId);
        this.runner = new CommandRunner<>(
                context, admin, row -> Optional.of(context.events().forAgent(row)), StaleTicket.ForAgent::new);
    }

    @Override
    public CommandResult<TicketEvent> redact(UUID ticketId, Redaction redaction, UUID commandId) {
        Faults faults = new Faults();
        faults.require("ticket_id", ticketId);
        faults.require("command_id", commandId);
        Redaction given = faults.value("redaction", redaction);
        given.members().ifPresent(members -> checkMembers(members, faults));
        checkReason(given.reason(), faults);
        faults.throwIfAny();
        return runner.redact(commandId, ticketId, args(given));
    }

    private static void checkMembers(List<String> members, Faults faults) {
        if (members.isEmpty() || members.size() > MAX_MEMBERS) {
            faults.add("members", members.isEmpty() ? Problem.of("required") : Problem.of("too_many", MAX_MEMBERS));
        }
        faults.each("members", members, TextRules::storable);
    }

    private static void checkReason(@Nullable String reason, Faults faults) {
        faults.add("reason", reason == null ? null : TextRules.line(reason, TextRules.MAX_TITLE));
    }

    private static JsonObject args(Redaction redaction) {
        JsonObject args = new JsonObject().put("reason", redaction.reason());
        redaction.eventId().ifPresent(id -> args.put("event", id.toString()));
        redaction
                .members()
                .ifPresent(members ->
                        args.putStrings("members", members.stream().distinct().toList()));
        return args;
    }

    @Override
    public Report redactAll(UUID personId, @Nullable String reason, UUID commandId) {
        Faults faults = new Faults();
        faults.require("person_id", personId);
        faults.require("command_id", commandId);
        checkReason(reason, faults);
        faults.throwIfAny();
        long tickets = 0;
        long redactions = 0;
        UUID last = LEAST;
        Steps steps = new Steps(commandId);
        while (true) {
            UUID after = last;
            List<UUID> found = steps.read(() ->
                    RedactionFunctions.ticketsWrittenIn(context.database(), admin.id(), personId, after, MAX_TICKETS));
            if (found.isEmpty()) {
                return new Report(tickets, redactions);
            }
            for (UUID ticketId : found) {
                long told = redactAllIn(steps, ticketId, personId, reason, commandId);
                tickets += told == 0 ? 0 : 1;
                redactions += told;
                last = ticketId;
            }
        }
    }

    /** In parts, each of which has an id that follows from the caller's: called again, they are there already. */
    private long redactAllIn(Steps steps, UUID ticketId, UUID personId, @Nullable String reason, UUID commandId) {
        JsonObject args = new JsonObject()
                .put("person", personId.toString())
                .put("reason", reason)
                .put("most", MAX_EVENTS);
        long told = 0;
        try {
            for (int part = 0; ; part++) {
                UUID id = Digest.uuid("redact-all", commandId, part);
                CommandResult<TicketEvent> result = steps.store(() -> runner.redact(id, ticketId, args));
                int events = result.events().size();
                told += events;
                if (events < MAX_EVENTS && result.outcome() != Outcome.REPLAYED) {
                    return told;
                }
            }
        } catch (TicketNotFound gone) {
            return told;
        }
    }
}
