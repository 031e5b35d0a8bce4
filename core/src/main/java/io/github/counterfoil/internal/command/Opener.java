package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.CommandFunctions.Opened;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.reference.References;
import io.github.counterfoil.internal.search.Searched;
import io.github.counterfoil.internal.ticket.OpenTicket;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.InputCheck;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** Opens tickets. */
public final class Opener {

    private Opener() {}

    /** Makes of an opening that was stored what the actor's side gets, without a look at the ticket. */
    public interface Answer<T> {
        T of(UUID ticketId, long number, OpenTicket opening, Instant at, String customerEmail);
    }

    /**
     * Answers the ticket as it was opened, now or before by the same command.
     *
     * @param reader gives the ticket of this id as it is, in which something was given the same reference before
     */
    public static <T> T open(
            ServiceContext context,
            Actor actor,
            UUID customerId,
            NewTicket ticket,
            UUID commandId,
            Answer<T> answer,
            Function<UUID, T> reader) {
        OpenTicket opening = checked(actor, customerId, ticket, commandId);
        CommandKey key =
                CommandKey.of(actor, "open", commandId, contentOf(opening) + References.content(opening.reference()));
        Instant now = context.now();
        Opened opened = CommandFunctions.open(
                context.database(), commandId, actor, key, now, opening, context.indexed() ? words(opening) : null);
        if (opened.refused() != null) {
            throw context.refusal(actor, opened.refused(), commandId);
        }
        if (opened.existing() != null) {
            return reader.apply(opened.existing());
        }
        return answer.of(
                key.firstId(),
                Objects.requireNonNull(opened.number()),
                opening,
                Objects.requireNonNull(opened.openedAt()),
                Objects.requireNonNull(opened.customerEmail()));
    }

    private static String words(OpenTicket opening) {
        return Searched.beginning(opening.title(), opening.description(), opening.customFields())
                .words()
                .text();
    }

    private static OpenTicket checked(Actor actor, UUID customerId, NewTicket ticket, UUID commandId) {
        Faults faults = new Faults();
        faults.require("customer_id", customerId);
        faults.require("command_id", commandId);
        OpenTicket opening = OpenTicket.of(customerId, faults.value("ticket", ticket));
        if (actor.isCustomer()) {
            faults.add("tags", opening.tags().isEmpty() ? null : Problem.of("not_allowed", 0));
            faults.add("custom_fields", opening.customFields().isEmpty() ? null : Problem.of("not_allowed", 0));
        }
        InputCheck.check(opening, faults);
        References.check(opening.reference(), faults.in("reference"));
        faults.throwIfAny();
        return opening;
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
