package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A command as the function {@code change_ticket} takes it.
 *
 * @param name of the change
 * @param args its values
 * @param limit how many, or how large; null where there is none
 * @param refusedIn the statuses in which it is refused
 * @param moves the status that follows from each by itself
 * @param whenFull how many bytes it may have in a full ticket; null if it is always small
 */
record Change(
        String name,
        JsonObject args,
        @Nullable Long limit,
        Set<TicketStatus> refusedIn,
        Map<TicketStatus, TicketStatus> moves,
        @Nullable Long whenFull) {

    static Change of(String name, JsonObject args) {
        return new Change(name, args, null, Set.of(), Map.of(), null);
    }

    Change limit(long most) {
        return new Change(name, args, most, refusedIn, moves, whenFull);
    }

    Change refusedIn(Set<TicketStatus> statuses) {
        return new Change(name, args, limit, statuses, moves, whenFull);
    }

    Change moves(Map<TicketStatus, TicketStatus> following) {
        return new Change(name, args, limit, refusedIn, following, whenFull);
    }

    Change whenFull(long bytes) {
        return new Change(name, args, limit, refusedIn, moves, bytes);
    }

    /** What makes it the same change when it comes again: not what limits and the workflow make of it. */
    String content() {
        return name + args.text();
    }

    JsonObject json(TicketLimit ticketLimit) {
        JsonObject json = new JsonObject().put("change", name).put("args", args);
        if (limit != null) {
            json.put("limit", limit);
        }
        if (!refusedIn.isEmpty()) {
            json.putStrings(
                    "refused_in",
                    refusedIn.stream().map(TicketStatus::wireName).sorted().toList());
        }
        if (!moves.isEmpty()) {
            JsonObject object = new JsonObject();
            moves.forEach((from, to) -> object.put(from.wireName(), to.wireName()));
            json.put("moves", object);
        }
        if (whenFull != null) {
            json.put("room", ticketLimit.room(whenFull));
        }
        return json;
    }
}
