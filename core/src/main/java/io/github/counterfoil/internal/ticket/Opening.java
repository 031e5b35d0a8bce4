package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A digest of what a ticket started with. Events tell what changed since, so that a title, say, that was changed without an
 * event no longer leads back to this.
 */
public final class Opening {

    private Opening() {}

    public static UUID digest(OpenTicket opening, UUID createdBy) {
        List<Object> parts = new ArrayList<>(List.of(
                "opening",
                opening.customerId(),
                createdBy,
                opening.title(),
                opening.description(),
                opening.priority().wireName(),
                JsonValue.ofObject(opening.customFields()).text(),
                opening.channel() == null ? 0 : 1));
        if (opening.channel() != null) {
            parts.add(opening.channel());
        }
        // In no order of their own: an adopted ticket's row does not tell where tags stood that its events took away.
        opening.tags().stream().sorted().forEach(parts::add);
        return Digest.uuid(parts.toArray());
    }
}
