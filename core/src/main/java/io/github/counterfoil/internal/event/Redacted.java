package io.github.counterfoil.internal.event;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The member of an event's body that names the members that were redacted. */
public final class Redacted {
    /** Reserved in the bodies of a host's own events. */
    public static final String MEMBER = "redacted";

    private static final byte[] QUOTED = ('"' + MEMBER + '"').getBytes(StandardCharsets.US_ASCII);

    private Redacted() {}

    /** Empty too for what came from elsewhere and names none. */
    static Set<String> in(StoredJson body) {
        if (!body.mentions(QUOTED)) {
            return Set.of();
        }
        try {
            JsonMembers members = body.members();
            return members.has(MEMBER) ? new LinkedHashSet<>(members.texts(MEMBER)) : Set.of();
        } catch (UnfitMember | InvalidInput e) {
            return Set.of();
        }
    }

    /** The body as the host knows it: without what the header tells. */
    static JsonValue without(JsonValue whole, TicketEvent.Header header) {
        if (header.redacted().isEmpty()) {
            return whole;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>(whole.members());
        members.remove(MEMBER);
        return JsonValue.ofObject(members);
    }
}
