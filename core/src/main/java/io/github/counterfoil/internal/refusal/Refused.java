package io.github.counterfoil.internal.refusal;

import io.github.counterfoil.error.CommandIdReused;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.PersonNotFound;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.TicketNotFound;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as the functions of the schema answer it, in columns of these names.
 *
 * @param code of the exception, or of the fault if it is an input's
 * @param field the input at fault; null for other refusals
 * @param limit that the input passes; null where there is none
 * @param subject whom or what it is about; null for an input
 * @param place of the command among several; null for the call as a whole
 */
public record Refused(
        String code,
        @Nullable String field,
        @Nullable Long limit,
        @Nullable UUID subject,
        @Nullable Integer place) {

    /** Null for no refusal. */
    public static @Nullable Refused of(@Nullable String code, @Nullable UUID subject) {
        return of(code, null, null, subject, null);
    }

    /** Null for no refusal. */
    public static @Nullable Refused of(
            @Nullable String code,
            @Nullable String field,
            @Nullable Long limit,
            @Nullable UUID subject,
            @Nullable Integer place) {
        return code == null ? null : new Refused(code, field, limit, subject, place);
    }

    public boolean is(String other) {
        return code.equals(other);
    }

    /** The exception of a refused command: one that is about the command's id names that. */
    public Refusal exception(UUID commandId) {
        return switch (code) {
            case "command_id.reused" -> new CommandIdReused(commandId);
            case "command_id.redacted" -> new Conflict(code, commandId);
            default -> exception();
        };
    }

    public Refusal exception() {
        if (field != null) {
            return new InvalidInput(place == null ? field : "commands[" + place + "]." + field, code, limit);
        }
        return switch (code) {
            case "timezone.unknown" -> new InvalidInput("timezone", "unknown", null);
            case "ticket.not_found" -> new TicketNotFound(about());
            case "actor.unknown" -> new NotAllowed(code, "nobody active here is " + about());
            case "actor.is_worker" ->
                new NotAllowed(code, "a customer's desk was asked for with the id of a worker: " + about());
            case "actor.is_customer" ->
                new NotAllowed(code, "a worker's desk was asked for with the id of a customer: " + about());
            case "actor.blocked" -> new NotAllowed(code, about() + " is blocked");
            case "actor.in_copy" -> new NotAllowed(code, about() + " is in copy, and may reply", place);
            case "actor.not_admin" -> new NotAllowed(code, about() + " is not an active administrator");
            case "status.not_allowed" ->
                new NotAllowed(code, "the status of ticket " + about() + " does not allow it", place);
            case "worker.not_found", "customer.not_found", "person.not_found", "user.not_found" ->
                new PersonNotFound(code.substring(0, code.indexOf('.')), about(), place);
            case "feedback.exists",
                    "person.exists",
                    "person.erased",
                    "email.taken",
                    "worker.active",
                    "admin.last",
                    "ticket.busy",
                    "ticket.full",
                    "ticket.purged" -> new Conflict(code, about(), place);
            default -> new NotAllowed(code, "a newer release of the schema refused it: " + code, place);
        };
    }

    private UUID about() {
        return Objects.requireNonNull(subject);
    }
}
