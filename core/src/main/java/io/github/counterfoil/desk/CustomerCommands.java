package io.github.counterfoil.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Workflow;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one customer on one ticket of theirs. Each method is one line over {@link #apply}, and {@link Command} says
 * what each does and takes. Every call is one statement and one round trip; one that finds the ticket stale sends another for
 * what happened since.
 */
public interface CustomerCommands {

    /**
     * These commands, each stored at most once, however often it is sent: the same command again gives the first answer.
     *
     * @param commandId made by the caller once for the command, not once for each try; it counts for this customer and the
     *     one ticket
     * @return commands that throw {@link CommandIdReused} if the id was used with other values
     */
    CustomerCommands once(UUID commandId);

    /**
     * These commands, stored at most once under a reference: what comes again under it gives the first answer, of whichever ticket that was,
     * whatever is in it now; see {@link Reference}. It is on the events that the commands store, and on nothing if they store none.
     */
    CustomerCommands once(Reference reference);

    /**
     * These commands, if nothing that the customer can see has happened since.
     *
     * @param version a {@link CustomerTicket#version()} or {@link CommandResult#version()} that the customer has seen
     * @return commands that throw {@link StaleTicket.ForCustomer} if the ticket's version is another
     */
    CustomerCommands expecting(int version);

    /**
     * Several commands as one: all of them are stored, with their events in the order of the commands, or none. One statement,
     * one check of the version, one command id. A later command sees what an earlier one did.
     *
     * @param commands 1 to 50; as JSON together at most 64 Mi characters
     */
    CommandResult<CustomerEvent> apply(List<? extends CustomerCommand> commands);

    /** As {@link #apply(List)}. */
    default CommandResult<CustomerEvent> apply(CustomerCommand... commands) {
        return apply(Given.held("commands", commands));
    }

    /**
     * @throws NotAllowed {@code status.not_allowed} if the ticket is closed and the workflow refuses replies then
     * @see Command#reply(String)
     */
    default CommandResult<CustomerEvent> reply(String text) {
        return apply(Command.reply(text));
    }

    /**
     * @throws NotAllowed {@code status.not_allowed} if the ticket is closed and the workflow refuses replies then
     * @see Command#reply(String, List)
     */
    default CommandResult<CustomerEvent> reply(String text, List<JsonValue> attachments) {
        return apply(Command.reply(text, attachments));
    }

    /**
     * Closes the ticket.
     *
     * @throws NotAllowed {@code transition.not_allowed} unless {@link Workflow#customerMayClose()}
     */
    default CommandResult<CustomerEvent> close() {
        return apply(Command.close());
    }

    /**
     * Opens a closed ticket again.
     *
     * @throws NotAllowed {@code transition.not_allowed} unless {@link Workflow#customerMayReopen()},
     *     {@code status.not_allowed} if it is new or pending
     */
    default CommandResult<CustomerEvent> reopen() {
        return apply(Command.reopen());
    }

    /**
     * @throws NotAllowed {@code status.not_allowed} if the ticket is not closed
     * @throws Conflict {@code feedback.exists} if this resolution was rated already
     * @see CustomerCommand#rate
     */
    default CommandResult<CustomerEvent> rate(int rating, @Nullable String comment) {
        return apply(CustomerCommand.rate(rating, comment));
    }
}
