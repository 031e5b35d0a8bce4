package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A digest of what a ticket started with. Events tell what changed since, so that a title, say, that was changed without an
 * event no longer leads back to this.
 */
public final class Opening {

    private Opening() {}

    public static UUID digest(OpenTicket opening, UUID createdBy) {
        // In no order of their own: walking back over removed tags does not tell where they stood.
        List<String> tags = opening.tags().stream().sorted().toList();
        return Digest.uuid(
                "opening",
                opening.customerId(),
                createdBy,
                opening.title(),
                opening.description(),
                opening.priority(),
                Objects.requireNonNullElse(opening.channel(), ""),
                tags.size(),
                String.join("\n", tags),
                JsonValue.ofObject(opening.customFields()).text());
    }
}
