package io.github.counterfoil.faults;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.testing.Waiting;
import java.time.Duration;

/**
 * Makes calls as a careful host does: each is noted before it is sent, and one whose outcome is unknown is sent again until
 * it is known.
 */
final class Player {
    /** Longer than any outage that a test plays. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration PAUSE = Duration.ofMillis(30);

    private final TicketService tickets;
    private final Ledger ledger;

    Player(TicketService tickets, Ledger ledger) {
        this.tickets = tickets;
        this.ledger = ledger;
    }

    /** The last that was told. */
    Told play(Call call) {
        return play(call, false);
    }

    /**
     * Makes a call.
     *
     * @param begun whether it was begun before, by a host that was killed
     */
    Told play(Call call, boolean begun) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean maybeStored = begun;
        while (true) {
            ledger.begin(call);
            Told told = once(call);
            // A hook may have interrupted the call, and nobody else.
            Thread.interrupted();
            ledger.told(call, told);
            maybeStored |= told.answer() == Told.Answer.UNKNOWN;
            // Whether a call was stored whose first try is unknown, only another answer than this can tell.
            boolean open = told.answer() == Told.Answer.UNKNOWN
                    || maybeStored
                            && (told.answer() == Told.Answer.NOTHING
                                    || told.detail().contains("B"));
            if (told.answer() != Told.Answer.DONE) {
                Waiting.pause(PAUSE);
            }
            if (!open || System.nanoTime() > end) {
                return told;
            }
        }
    }

    private Told once(Call call) {
        try {
            return call.kind().play(tickets, call);
        } catch (Refusal e) {
            return new Told(Told.Answer.REFUSED, e.code());
        } catch (OutcomeUnknown e) {
            return new Told(Told.Answer.UNKNOWN, e.code());
        } catch (Unavailable e) {
            return new Told(Told.Answer.NOTHING, e.code() + " " + e.sqlState());
        } catch (Thrown e) {
            return new Told(Told.Answer.UNKNOWN, "thrown by a hook");
        } catch (RuntimeException | Error e) {
            return new Told(Told.Answer.BROKEN, e.getClass().getSimpleName() + " " + e.getMessage());
        }
    }
}
