package io.github.counterfoil.internal.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.OpenTicket;
import io.github.counterfoil.internal.command.TicketCommand;
import io.github.counterfoil.internal.event.EventRepository;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.internal.ticket.CommandKey;
import io.github.counterfoil.internal.ticket.TicketFunctions;
import io.github.counterfoil.internal.ticket.TicketFunctions.Applied;
import io.github.counterfoil.internal.ticket.TicketFunctions.Opened;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.internal.validation.InputCheck;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs commands for one actor: checks the values, sends the one statement, and turns its answer into a result or an
 * exception.
 *
 * @param <E> the events of the actor's side
 */
final class CommandRunner<E> {
    private static final int MAX_EVENTS_SINCE = 200;

    private final Counter counter;
    private final Actor actor;
    private final Function<EventRow, Optional<E>> reader;

    CommandRunner(Counter counter, Actor actor, Function<EventRow, Optional<E>> reader) {
        this.counter = counter;
        this.actor = actor;
        this.reader = reader;
    }

    CommandResult<E> run(Call call, TicketCommand command, Consequences consequences) {
        InputCheck.check(command);
        UUID commandId = call.id();
        ObjectNode args = command.args();
        CommandKey key = CommandKey.of(actor, command.ticketId(), commandId, command.change() + args);
        consequences.addTo(args);
        String content = args.toString();
        Instant now = counter.now();
        Applied applied = counter.database()
                .command(
                        commandId,
                        dsl -> TicketFunctions.apply(
                                dsl, actor, command.ticketId(), key, call.expected(), now, command.change(), content));
        Outcome outcome = switch (applied.outcome()) {
            case "applied" -> Outcome.APPLIED;
            case "replayed" -> Outcome.REPLAYED;
            case "unchanged" -> Outcome.UNCHANGED;
            default -> throw refusal(call, command, commandId, applied);
        };
        List<E> events =
                applied.events().stream().map(reader).flatMap(Optional::stream).toList();
        return new CommandResult<>(command.ticketId(), applied.version(), outcome, events);
    }

    /** Opens a ticket and answers what it is: as opened, or as it is now if the same command opened it before. */
    <T> T open(Call call, OpenTicket command, TicketShape<T> shape, BiFunction<UUID, Opened, T> opened) {
        if (call.expected() != null) {
            throw new IllegalStateException("a ticket that is not open yet has no version to expect");
        }
        InputCheck.check(command);
        UUID commandId = call.id();
        CommandKey key = CommandKey.of(actor, "open", commandId, contentOf(command));
        Instant now = counter.now();
        Opened answer =
                counter.database().command(commandId, dsl -> TicketFunctions.open(dsl, actor, key, now, command));
        return switch (answer.outcome()) {
            case "applied" -> opened.apply(key.firstId(), answer);
            case "replayed" ->
                counter.database()
                        .read(dsl -> TicketRepository.ticket(dsl, counter.access(actor), shape, key.firstId()));
            case "actor-unknown" -> throw actor.unknown();
            case "customer-unknown" -> throw new PersonNotFound("customer", command.customerId());
            case "command-id-reused" -> throw new CommandIdReused(commandId);
            default -> throw new IllegalStateException("unknown outcome " + answer.outcome());
        };
    }

    private static String contentOf(OpenTicket command) {
        ObjectNode content = JsonText.newObject()
                .put("customer", command.customerId().toString())
                .put("title", command.title())
                .put("description", command.description())
                .put("priority", command.priority().wireName())
                .put("channel", command.channel())
                .putRawValue(
                        "fields",
                        new RawValue(JsonValue.ofObject(command.customFields()).text()));
        ArrayNode tags = content.putArray("tags");
        command.tags().forEach(tags::add);
        return content.toString();
    }

    private CounterfoilException refusal(Call call, TicketCommand command, UUID commandId, Applied applied) {
        UUID ticketId = command.ticketId();
        return switch (applied.outcome()) {
            case "not-found" -> new TicketNotFound(ticketId);
            case "actor-unknown" -> actor.unknown();
            case "stale" -> stale(call, ticketId, applied.version());
            case "command-id-reused" -> new CommandIdReused(commandId);
            case "refused" -> new NotAllowed("status.not_allowed", "ticket " + ticketId + " is " + applied.detail());
            case "worker-unknown" -> new PersonNotFound("worker", subject(command));
            case "customer-unknown" -> new PersonNotFound("customer", subject(command));
            case "feedback-exists" -> new Conflict("feedback.exists", ticketId);
            case "too-many" -> tooMany(applied.detail());
            default -> throw new IllegalStateException("unknown outcome " + applied.outcome());
        };
    }

    private StaleTicket stale(Call call, UUID ticketId, int actual) {
        int expected = call.expected() == null ? 0 : call.expected();
        Access access = counter.access(actor);
        List<E> since = counter.database()
                .read(dsl -> EventRepository.since(dsl, access, ticketId, expected, MAX_EVENTS_SINCE, reader));
        return new StaleTicket(ticketId, expected, actual, since);
    }

    private static UUID subject(TicketCommand command) {
        if (command instanceof TicketCommand.Assign assign) {
            return assign.workerId();
        }
        if (command instanceof TicketCommand.MoveToCustomer move) {
            return move.customerId();
        }
        throw new IllegalStateException(command.change() + " names no person");
    }

    private static InvalidInput tooMany(String detail) {
        int blank = detail.indexOf(' ');
        return new InvalidInput(detail.substring(0, blank), "too_many", Long.valueOf(detail.substring(blank + 1)));
    }
}
