package io.github.counterfoil.webdesk.problem;

import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.OutcomeUnknown;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * An exception of Counterfoil's in words, and as a status of HTTP's: the table of docs/errors.md.
 *
 * @param lines more of it: each fault, say
 */
record Problem(HttpStatus status, String title, List<String> lines) {

    static final String FILES = "These files are too large: 10 MB each, 25 MB together.";
    static final String UNREACHABLE = "The desk cannot be reached at the moment. Please try again.";

    static Problem of(CounterfoilException e) {
        if (e instanceof InvalidInput invalid) {
            return new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "That cannot be stored as it is.",
                    invalid.faults().stream().map(Problem::words).toList());
        } else if (e instanceof StaleTicket.ForAgent stale) {
            return new Problem(
                    HttpStatus.PRECONDITION_FAILED,
                    "Somebody was quicker: look at what happened meanwhile, and send it again if it still fits.",
                    stale.since().stream()
                            .map(event -> event.author().firstName() + ": " + event.type())
                            .toList());
        }
        return new Problem(status(e), words(e), List.of());
    }

    private static HttpStatus status(CounterfoilException e) {
        if (e instanceof TicketNotFound || e instanceof PersonNotFound) {
            return HttpStatus.NOT_FOUND;
        } else if (e instanceof StaleTicket) {
            return HttpStatus.PRECONDITION_FAILED;
        } else if (e instanceof NotAllowed) {
            return e.code().equals("status.not_allowed") ? HttpStatus.CONFLICT : HttpStatus.FORBIDDEN;
        } else if (e instanceof Conflict || e instanceof CommandIdReused) {
            return e.code().equals("ticket.purged") ? HttpStatus.GONE : HttpStatus.CONFLICT;
        } else if (e instanceof Unavailable || e instanceof OutcomeUnknown) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        return HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static String words(CounterfoilException e) {
        return switch (e.code()) {
            case "ticket.not_found" -> "There is no such ticket.";
            case "worker.not_found" -> "There is no such colleague, or not any more.";
            case "actor.blocked" -> "Your account may read and not write at the moment.";
            case "actor.in_copy" -> "You get a copy of this ticket: you may read and answer, and nothing else.";
            case "status.not_allowed" -> "That does not go with the status that the ticket has now.";
            case "feedback.exists" -> "This was rated already.";
            case "ticket.full" -> "This ticket is full: please open a new one.";
            case "ticket.busy" -> "Somebody else is working on it: please try again.";
            case "command_id.reused" -> "This form was sent before with something else in it.";
            case "outcome.unknown" ->
                "We cannot tell whether that was stored: look, and send it again if it is missing.";
            default -> e instanceof Unavailable ? UNREACHABLE : "That did not work (" + e.code() + ").";
        };
    }

    private static String words(InvalidInput.Fault fault) {
        if (fault.field().equals("files")) {
            return FILES;
        }
        String field = fault.field().replaceFirst("^commands\\[\\d+]\\.", "");
        String what = switch (fault.code()) {
            case "blank", "required" -> "must not be empty";
            case "length", "too_long", "too_large", "too_many" -> "is more than there may be: " + fault.limit();
            case "out_of_range" -> "is beyond " + fault.limit();
            case "untrimmed" -> "begins or ends with a blank";
            case "control_char", "bidi_control", "invisible_char", "space_char", "nul_char", "invalid_unicode" ->
                "has characters in it that nobody can see";
            case "no_words" -> "holds no word to look for";
            case "too_short" -> "is a beginning of less than three characters";
            default -> "is not right (" + fault.code() + ")";
        };
        return field + " " + what;
    }
}
