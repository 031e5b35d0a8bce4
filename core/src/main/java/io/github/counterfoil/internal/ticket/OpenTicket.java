package io.github.counterfoil.internal.ticket;

import io.github.counterfoil.internal.validation.Content;
import io.github.counterfoil.internal.validation.CustomFields;
import io.github.counterfoil.internal.validation.FieldName;
import io.github.counterfoil.internal.validation.Line;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.Value;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens a ticket: what the function {@code open_ticket} takes. */
public record OpenTicket(
        @NotNull(message = "required") UUID customerId,

        @NotNull(message = "required") @Line(max = TextRules.MAX_TITLE)
        String title,

        @Content String description,
        @NotNull(message = "required") Priority priority,
        @Nullable @Line(max = TextRules.MAX_LABEL) String channel,

        @NotNull(message = "required") @Size(max = TextRules.MAX_TAGS, message = "too_many")
        List<@NotNull(message = "required") @Line(max = TextRules.MAX_LABEL) String> tags,

        @NotNull(message = "required") @CustomFields
        Map<@FieldName String, @NotNull(message = "required") @Value JsonValue> customFields,

        @Nullable Reference reference) {

    public static OpenTicket of(UUID customerId, NewTicket ticket) {
        return new OpenTicket(
                customerId,
                ticket.title(),
                ticket.description(),
                ticket.priority(),
                ticket.channel(),
                ticket.tags().stream().distinct().toList(),
                ticket.customFields(),
                ticket.reference());
    }
}
