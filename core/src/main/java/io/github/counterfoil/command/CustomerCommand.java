package io.github.counterfoil.command;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a customer can do with a ticket of their own, or as a requester of another's: {@link Command#reply}, {@link Command#close},
 * {@link Command#reopen} and {@link #rate}. Who is in copy replies; all else is refused with {@code actor.in_copy}. Values are
 * checked when they are applied, all together and before any SQL.
 *
 * <p>Minor releases may add commands: a {@code switch} over them needs a default branch.
 */
public sealed interface CustomerCommand extends AsJson
        permits Command.Reply, Command.Close, Command.Reopen, CustomerCommand.Rate {

    /** This, {@code command} saying which it is: {@code {"command": "rate", "rating": 5, "comment": null}}. */
    @Override
    default JsonValue json() {
        return CommandJson.of(this);
    }

    /**
     * What {@link #json()} gave. An agent's command is {@code command.unknown}, as one is that does not exist.
     *
     * @throws InvalidInput if it is anything else
     */
    static CustomerCommand fromJson(JsonValue json) {
        return CommandJson.read(json, CustomerCommand.class);
    }

    /**
     * Rates how a closed ticket was resolved; once for each time it was closed. It is refused with
     * {@code status.not_allowed} if the ticket is not closed, and with {@code feedback.exists} if this resolution was rated
     * already.
     *
     * @param rating 1 to 5
     * @param comment at most 4 MiB in UTF-8; null for none
     */
    static Rate rate(int rating, @Nullable String comment) {
        return new Rate(rating, comment);
    }

    /** See {@link CustomerCommand#rate}. */
    record Rate(int rating, @Nullable String comment) implements CustomerCommand {
        @Override
        public String toString() {
            return "Rate";
        }
    }
}
