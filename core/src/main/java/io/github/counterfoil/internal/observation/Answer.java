package io.github.counterfoil.internal.observation;

import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.desk.TicketWithHistory;
import io.github.counterfoil.document.Documents;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.DatabaseFailure;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.spi.CallObserver.Outcome;
import io.github.counterfoil.verification.VerificationReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of what a call gave back or threw, without what is in it.
 *
 * @param error the code of an exception, or the class of one that is not Counterfoil's
 */
record Answer(
        Outcome outcome, @Nullable String error, @Nullable String sqlState, long rows) {

    static Answer of(@Nullable Object result) {
        if (result instanceof CommandResult<?> command) {
            return new Answer(outcome(command), null, null, command.events().size());
        }
        Object results = result instanceof Page<?> page ? page.items() : result;
        if (results instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof BulkCommands.Result) {
            return each(list.stream().map(BulkCommands.Result.class::cast).toList());
        }
        return new Answer(Outcome.ANSWERED, null, null, rows(result));
    }

    static Answer thrown(Throwable thrown) {
        return new Answer(
                thrown instanceof Refusal ? Outcome.REFUSED : Outcome.FAILED,
                thrown instanceof CounterfoilException known
                        ? known.code()
                        : thrown.getClass().getName(),
                sqlState(thrown),
                0);
    }

    private static @Nullable String sqlState(Throwable thrown) {
        if (thrown instanceof Unavailable unavailable) {
            return unavailable.sqlState();
        }
        return thrown instanceof DatabaseFailure failure ? failure.sqlState() : null;
    }

    /** Stored if one was; otherwise what became of the first. */
    private static Answer each(List<BulkCommands.Result> results) {
        List<CommandResult<?>> done = results.stream()
                .flatMap(result -> result.result().stream())
                .<CommandResult<?>>map(result -> result)
                .toList();
        long rows = done.stream().mapToLong(result -> result.events().size()).sum();
        if (done.stream().anyMatch(result -> outcome(result) == Outcome.APPLIED)) {
            return new Answer(Outcome.APPLIED, null, null, rows);
        }
        BulkCommands.Result first = results.get(0);
        Answer answer = first.result().isPresent()
                ? of(first.result().get())
                : thrown(first.refusal().orElseThrow());
        return new Answer(answer.outcome(), answer.error(), answer.sqlState(), rows);
    }

    private static Outcome outcome(CommandResult<?> result) {
        return switch (result.outcome()) {
            case APPLIED -> Outcome.APPLIED;
            case REPLAYED -> Outcome.REPLAYED;
            case UNCHANGED -> Outcome.UNCHANGED;
        };
    }

    private static long rows(@Nullable Object result) {
        Long several = several(result);
        if (several != null) {
            return several;
        }
        if (result instanceof Optional<?> optional) {
            return optional.isPresent() ? 1 : 0;
        }
        if (result instanceof Boolean yes) {
            return yes ? 1 : 0;
        }
        return result == null ? 0 : 1;
    }

    /** Null for what is one thing, or none. */
    private static @Nullable Long several(@Nullable Object result) {
        if (result instanceof Number number) {
            return number.longValue();
        } else if (result instanceof Collection<?> elements) {
            return (long) elements.size();
        } else if (result instanceof Map<?, ?> elements) {
            return (long) elements.size();
        } else if (result instanceof Page<?> page) {
            return (long) page.items().size();
        } else if (result instanceof TicketWithHistory<?, ?> ticket) {
            return (long) ticket.history().items().size();
        } else if (result instanceof ChangeFeed.Batch<?> batch) {
            return (long) batch.changes().size();
        } else if (result instanceof ChangeFeed.Pulled<?> pulled) {
            return (long) pulled.changes().size();
        } else {
            return reported(result);
        }
    }

    private static @Nullable Long reported(@Nullable Object result) {
        if (result instanceof Imports.Report report) {
            return report.imported();
        } else if (result instanceof Documents.AdoptionReport report) {
            return report.customers().imported()
                    + report.workers().imported()
                    + report.tickets().imported();
        } else if (result instanceof Redactions.Report report) {
            return report.redactions();
        } else if (result instanceof AdminDesk.Erased erased) {
            return erased.events();
        } else if (result instanceof AdminDesk.Purged purged) {
            return (long) purged.tickets();
        } else if (result instanceof VerificationReport report) {
            return report.tickets();
        } else {
            return null;
        }
    }
}
