package io.github.counterfoil.internal.command;

import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.search.Searched;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A command as the function {@code change_ticket} takes it.
 *
 * @param name of the change
 * @param args its values, a JSON object
 * @param limit how many, or how large; null where there is none
 * @param refusedIn the statuses in which it is refused
 * @param moves the status that follows from each by itself
 * @param whenFull how many bytes it may have in a full ticket; null if it is always small
 * @param texts what it is to be found by, of its last event; null if it has none
 */
public record Change(
        String name,
        String args,
        @Nullable Long limit,
        Set<TicketStatus> refusedIn,
        Map<TicketStatus, TicketStatus> moves,
        @Nullable Long whenFull,
        @Nullable Supplier<Searched> texts) {
    /** Of all that stands around the values. */
    private static final int FRAME_CHARACTERS = 128;

    static Change of(String name, JsonObject args) {
        return new Change(name, args.text(), null, Set.of(), Map.of(), null, null);
    }

    Change limit(long most) {
        return new Change(name, args, most, refusedIn, moves, whenFull, texts);
    }

    Change refusedIn(Set<TicketStatus> statuses) {
        return new Change(name, args, limit, statuses, moves, whenFull, texts);
    }

    Change moves(Map<TicketStatus, TicketStatus> following) {
        return new Change(name, args, limit, refusedIn, following, whenFull, texts);
    }

    Change whenFull(long bytes) {
        return new Change(name, args, limit, refusedIn, moves, bytes, texts);
    }

    /** What it is to be found by, made only where search is switched on. */
    Change searched(Supplier<Searched> found) {
        return new Change(name, args, limit, refusedIn, moves, whenFull, found);
    }

    /** What makes it the same change when it comes again: not what limits and the workflow make of it. */
    String content() {
        return name + args;
    }

    /**
     * As a JSON array.
     *
     * @param searched whether what they are found by goes along
     */
    static String json(List<Change> changes, TicketLimit ticketLimit, boolean searched) {
        int characters = changes.stream()
                .mapToInt(change -> change.args.length() + FRAME_CHARACTERS)
                .sum();
        return JsonObject.array(changes, (change, json) -> change.writeTo(json, ticketLimit, searched), characters);
    }

    private void writeTo(JsonObject json, TicketLimit ticketLimit, boolean searched) {
        json.put("change", name).putText("args", args);
        if (limit != null) {
            json.put("limit", limit);
        }
        if (!refusedIn.isEmpty()) {
            json.putStrings(
                    "refused_in",
                    refusedIn.stream().map(TicketStatus::wireName).sorted().toList());
        }
        if (!moves.isEmpty()) {
            json.put("moves", object -> moves.forEach((from, to) -> object.put(from.wireName(), to.wireName())));
        }
        if (whenFull != null) {
            json.put("room", object -> ticketLimit.writeRoom(whenFull, object));
        }
        if (searched && texts != null) {
            json.put("search", texts.get().words());
        }
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Change[" + name + "]";
    }
}
