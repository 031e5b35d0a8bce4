package io.github.counterfoil.spi;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.time.Duration;
import java.util.Optional;

/**
 * Is told of each call of a service: what it was, what became of it, how long it took. It is never told contents: no text, no
 * value, no id and no exception.
 *
 * <p>A call is a method of whatever a {@code TicketService} gives out, and {@code verify}, {@code verifyAll} and {@code atOneMoment} of
 * the service itself, also inside a transaction of the host's. It is told once, however many others it makes
 * inside; one that the host's own code makes within it (in a handler of changes, in a reading at one moment) is a call of its own, which begins
 * and ends in between. What only leads to calls, such as {@code agent(id).on(ticketId)}, is none.
 *
 * <p>Both methods run on the caller's thread, in pairs, also where the call throws, and they add to what the caller waits: they must be
 * quick, call no service, and be safe for all threads. Whatever they throw changes nothing for the caller; it is logged
 * by its class, once at WARN for a service and then at DEBUG. A call whose beginning threw is told no end.
 */
@FunctionalInterface
public interface CallObserver {

    /** Before a call does anything. */
    Observation begin(Call call);

    /** Of one call that began. */
    @FunctionalInterface
    interface Observation {
        /** Once, when the call has come back or thrown. */
        void end(End end);
    }

    /**
     * What is called.
     *
     * @param operation the door and its method, one of about 130 names that stay: {@code agent.reply},
     *     {@code customer.find}, {@code changes.read}. docs/metrics.md says which door has which name
     */
    record Call(String operation, Side side) implements AsJson {
        public Call {
            Given.both("operation", operation, "side", side);
        }
    }

    /**
     * What became of a call.
     *
     * @param error the {@code code()} of the exception that it threw; of one that is not Counterfoil's, such as a handler's own, the name
     *     of its class. Of commands on several tickets, which throw nothing, that of the first if none was stored
     * @param sqlState if the database failed it
     * @param duration between the two calls of the observer, by a clock that never runs back
     * @param tries how often the database was asked: statements, or transactions of several, with those that were repeated. None for
     *     what is refused before any SQL
     * @param repeats how many of these repeated one that had failed
     * @param rows how many things it gave back or says that it wrote: tickets of a page, events of a command, changes of a feed, items of an
     *     import; 1 for what is one thing, 0 for nothing
     */
    record End(
            Outcome outcome,
            Optional<String> error,
            Optional<String> sqlState,
            Duration duration,
            int tries,
            int repeats,
            long rows)
            implements AsJson {
        public End {
            Given.both("outcome", outcome, "error", error);
            Given.both("sql_state", sqlState, "duration", duration);
        }
    }

    /** Who acts. */
    enum Side implements AsJson {
        AGENT,
        /** An actor of the host's that is no person. */
        SYSTEM,
        ADMIN,
        CUSTOMER,
        /** The host itself, whose rights nobody checks. */
        HOST
    }

    /** How a call ended. */
    enum Outcome implements AsJson {
        /** Of commands: they were stored. */
        APPLIED,
        /** Of commands: they had been stored before, under the same id or reference. */
        REPLAYED,
        /** Of commands: they would have changed nothing. */
        UNCHANGED,
        /** Reads, and all that does not tell which of these it was. */
        ANSWERED,
        /** With a {@code Refusal}: nothing was stored, for a reason that lies in the call or in what is stored. */
        REFUSED,
        /** With anything else. */
        FAILED
    }
}
