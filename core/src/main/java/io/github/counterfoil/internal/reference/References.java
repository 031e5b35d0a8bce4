package io.github.counterfoil.internal.reference;

import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.ticket.Reference;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What references are to the database. */
public final class References {
    private static final int MAX_ID = 1_000;

    /** Whose the staff's are. */
    public static final UUID STAFF = new UUID(0, 0);

    private References() {}

    /** Short for an index, and nothing that can be read from it. */
    public static UUID key(Reference reference) {
        return Digest.uuid("reference", reference.source(), reference.id());
    }

    /** As the function {@code claim_reference} takes it; null for none. */
    public static @Nullable String json(Actor actor, @Nullable Reference reference) {
        return reference == null
                ? null
                : new JsonObject()
                        .put("key", key(reference).toString())
                        .put("giver", (actor.isCustomer() ? actor.id() : STAFF).toString())
                        .put("source", reference.source())
                        .put("id", reference.id())
                        .text();
    }

    /** What a command with a reference has beside its own content; nothing without one. */
    public static String content(@Nullable Reference reference) {
        return reference == null ? "" : "\nreference " + key(reference);
    }

    /** Whether nothing is wrong with it; with none nothing is. */
    public static boolean check(@Nullable Reference reference, Faults faults) {
        if (reference == null) {
            return true;
        }
        Problem source = TextRules.line(reference.source(), TextRules.MAX_LABEL);
        Problem id = id(reference.id());
        faults.add("source", source);
        faults.add("id", id);
        return source == null && id == null;
    }

    /** The same for one that came into being elsewhere. */
    public static @Nullable Problem problem(Reference reference) {
        Problem source = TextRules.line(reference.source(), TextRules.MAX_LABEL);
        return source == null ? id(reference.id()) : source;
    }

    private static @Nullable Problem id(@Nullable String id) {
        Problem problem = id == null ? null : TextRules.length(id, MAX_ID);
        return problem != null ? problem : TextRules.content(id);
    }
}
