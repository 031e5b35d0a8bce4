package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.CommandFunctions.Opened;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.ticket.TicketRepository;
import io.github.counterfoil.internal.ticket.TicketShape;
import io.github.counterfoil.internal.validation.InputCheck;
import io.github.counterfoil.json.JsonValue;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Opens tickets. */
public final class Opener {

    private Opener() {}

    /** Makes of an opening that was just stored what the actor's side gets, without a look at the database. */
    public interface Answer<T> {
        T of(UUID ticketId, Instant at, String customerEmail);
    }

    /** Answers what the ticket is: as opened, or as it is now if the same command opened it before. */
    public static <T> T open(
            ServiceContext context,
            Actor actor,
            UUID commandId,
            OpenTicket opening,
            TicketShape<T> shape,
            Answer<T> answer) {
        InputCheck.check(opening);
        CommandKey key = CommandKey.of(actor, "open", commandId, contentOf(opening));
        Instant now = context.now();
        Opened opened =
                context.database().command(commandId, dsl -> CommandFunctions.open(dsl, actor, key, now, opening));
        Refused refused = opened.refused();
        if (refused != null) {
            throw refused.exception(commandId);
        }
        return switch (opened.outcome()) {
            case "applied" ->
                answer.of(
                        key.firstId(),
                        Objects.requireNonNull(opened.openedAt()),
                        Objects.requireNonNull(opened.customerEmail()));
            case "replayed" ->
                context.database()
                        .read(dsl -> TicketRepository.ticket(dsl, context.access(actor), shape, key.firstId()));
            default -> throw new IllegalStateException("unknown outcome " + opened.outcome());
        };
    }

    private static String contentOf(OpenTicket opening) {
        return new JsonObject()
                .put("customer", opening.customerId().toString())
                .put("title", opening.title())
                .put("description", opening.description())
                .put("priority", opening.priority().wireName())
                .put("channel", opening.channel())
                .put("fields", JsonValue.ofObject(opening.customFields()))
                .putStrings("tags", opening.tags())
                .text();
    }
}
