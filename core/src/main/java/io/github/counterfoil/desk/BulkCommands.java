package io.github.counterfoil.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The commands of one worker on each of several tickets: one statement and one round trip for all of them.
 *
 * <p>Each ticket is dealt with by itself, as by {@link AgentCommands#apply}: what one refuses changes nothing of the others.
 * The tickets are locked in the order of their ids, so that calls that meet each other wait and do not deadlock. A ticket that
 * somebody else holds is waited for, while the tickets before it stay locked; when all waits of a call have taken 5 seconds,
 * or a shorter {@code lock_timeout} of the connection's, each further one that is held is refused with {@link Conflict}
 * {@code ticket.busy}. A {@code statement_timeout} has to be longer than that. Whatever fails in the database stores nothing
 * for any ticket, and is thrown.
 */
public interface BulkCommands {

    /**
     * What became of one ticket.
     *
     * @param ticketId the ticket
     * @param result what the commands did; empty if they were refused
     * @param refusal why they were refused; empty if they were not. A {@link StaleTicket.ForAgent} comes without the events since
     */
    record Result(UUID ticketId, Optional<CommandResult<TicketEvent>> result, Optional<Refusal> refusal)
            implements AsJson {

        /** This, and of a refusal its code, the place of its command, and the faults of one for invalid input. */
        @Override
        public JsonValue json() {
            return JsonValue.parse(new JsonObject()
                    .putAny("ticket_id", ticketId)
                    .putAny("result", result)
                    .putText("refusal", refusal.map(Result::json).orElse("null"))
                    .text());
        }

        private static String json(Refusal refusal) {
            List<InvalidInput.Fault> faults = refusal instanceof InvalidInput invalid ? invalid.faults() : List.of();
            return new JsonObject()
                    .put("code", refusal.code())
                    .putAny("command_index", refusal.commandIndex())
                    .putObjects("faults", faults, (fault, json) -> json.putComponents(fault, Set.of()))
                    .text();
        }

        /**
         * What the commands did.
         *
         * @throws Refusal if they were refused
         */
        public CommandResult<TicketEvent> get() {
            refusal.ifPresent(refused -> {
                throw refused;
            });
            return result.orElseThrow();
        }
    }

    /**
     * These commands, stored at most once for each ticket, however often they are sent. A second sending finishes what the
     * first one could not: tickets that were busy, say.
     *
     * @param commandId made by the caller once for the commands, not once for each try; it counts for this worker
     */
    BulkCommands once(UUID commandId);

    /**
     * Applies the commands to each ticket.
     *
     * @param commands 1 to 50; on each ticket all are stored or none. As JSON together, and times the number of tickets, at most
     *     64 Mi characters: each ticket's answer holds them again
     * @return one for each ticket, in the order in which the tickets were given. Of events that hold more than 64 MiB together,
     *     such as changes of long descriptions, those of the tickets with the last ids are left out, which then have results
     *     without events: their histories hold them
     */
    List<Result> apply(List<? extends Command> commands);

    /** As {@link #apply(List)}. */
    default List<Result> apply(Command... commands) {
        return apply(Given.held("commands", commands));
    }
}
