package io.github.counterfoil.internal.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.internal.validation.Content;
import io.github.counterfoil.internal.validation.FieldName;
import io.github.counterfoil.internal.validation.Line;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.Value;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change to one ticket. The constraints hold before any SQL; {@link #change()} and {@link #args()} are what the
 * function {@code apply_command} takes.
 */
public sealed interface TicketCommand {

    UUID ticketId();

    String change();

    ObjectNode args();

    private static ObjectNode member(String name, String value) {
        return JsonText.newObject().put(name, value);
    }

    private static ObjectNode event(String type, Visibility visibility, ObjectNode body) {
        ObjectNode args = member("type", type).put("visibility", visibility.wireName());
        args.set("body", body);
        return args;
    }

    record Reply(
            @NotNull(message = "required") UUID ticketId,
            @Content String text,

            @NotNull(message = "required") @Size(max = 20, message = "too_many")
            List<@NotNull(message = "required") @Value(object = true) JsonValue> attachments)
            implements TicketCommand {
        @Override
        public String change() {
            return "append";
        }

        @Override
        public ObjectNode args() {
            ObjectNode body = member("content", text);
            ArrayNode array = body.putArray("attachments");
            attachments.forEach(attachment -> array.addRawValue(new RawValue(attachment.text())));
            return event("message", Visibility.PUBLIC, body);
        }
    }

    record Note(
            @NotNull(message = "required") UUID ticketId,
            @Content String text) implements TicketCommand {
        @Override
        public String change() {
            return "append";
        }

        @Override
        public ObjectNode args() {
            return event("note-added", Visibility.PRIVATE, member("content", text));
        }
    }

    record RecordEvent(
            @NotNull(message = "required") UUID ticketId,
            String type,
            int version,
            Visibility visibility,

            @NotNull(message = "required") @Value(max = ValueRules.MAX_BODY_BYTES, object = true)
            JsonValue body)
            implements TicketCommand {
        @Override
        public String change() {
            return "append";
        }

        @Override
        public ObjectNode args() {
            ObjectNode stored = (ObjectNode) JsonText.read(body.text());
            stored.put("version", version);
            return event(type, visibility, stored);
        }
    }

    record Assign(
            @NotNull(message = "required") UUID ticketId,
            @NotNull(message = "required") UUID workerId) implements TicketCommand {
        @Override
        public String change() {
            return "assign";
        }

        @Override
        public ObjectNode args() {
            return member("worker", workerId.toString());
        }
    }

    record Unassign(
            @NotNull(message = "required") UUID ticketId,
            @NotNull(message = "required") UUID workerId) implements TicketCommand {
        @Override
        public String change() {
            return "unassign";
        }

        @Override
        public ObjectNode args() {
            return member("worker", workerId.toString());
        }
    }

    record ChangeStatus(
            @NotNull(message = "required") UUID ticketId,
            @NotNull(message = "required") TicketStatus status) implements TicketCommand {
        @Override
        public String change() {
            return "status";
        }

        @Override
        public ObjectNode args() {
            return member("value", status.wireName());
        }
    }

    record SetField(
            @NotNull(message = "required") UUID ticketId,
            @FieldName String name,
            @NotNull(message = "required") @Value JsonValue value)
            implements TicketCommand {
        @Override
        public String change() {
            return "set-field";
        }

        @Override
        public ObjectNode args() {
            return member("name", name).putRawValue("value", new RawValue(value.text()));
        }
    }

    record RemoveField(
            @NotNull(message = "required") UUID ticketId,
            @FieldName String name) implements TicketCommand {
        @Override
        public String change() {
            return "remove-field";
        }

        @Override
        public ObjectNode args() {
            return member("name", name);
        }
    }

    record SetPriority(
            @NotNull(message = "required") UUID ticketId,
            @NotNull(message = "required") Priority priority) implements TicketCommand {
        @Override
        public String change() {
            return "priority";
        }

        @Override
        public ObjectNode args() {
            return member("value", priority.wireName());
        }
    }

    record Retitle(
            @NotNull(message = "required") UUID ticketId,

            @NotNull(message = "required") @Line(max = TextRules.MAX_TITLE)
            String title)
            implements TicketCommand {
        @Override
        public String change() {
            return "title";
        }

        @Override
        public ObjectNode args() {
            return member("value", title);
        }
    }

    record Describe(
            @NotNull(message = "required") UUID ticketId,
            @Content String description) implements TicketCommand {
        @Override
        public String change() {
            return "description";
        }

        @Override
        public ObjectNode args() {
            return member("value", description);
        }
    }

    record Tag(
            @NotNull(message = "required") UUID ticketId,

            @NotEmpty(message = "required")
            List<@NotNull(message = "required") @Line(max = TextRules.MAX_LABEL) String> tags,

            boolean added)
            implements TicketCommand {
        @Override
        public String change() {
            return added ? "tag" : "untag";
        }

        @Override
        public ObjectNode args() {
            ObjectNode args = JsonText.newObject();
            ArrayNode array = args.putArray("tags");
            tags.stream().distinct().forEach(array::add);
            return args;
        }
    }

    record MoveToCustomer(
            @NotNull(message = "required") UUID ticketId,
            @NotNull(message = "required") UUID customerId) implements TicketCommand {
        @Override
        public String change() {
            return "move";
        }

        @Override
        public ObjectNode args() {
            return member("customer", customerId.toString());
        }
    }

    record Rate(
            @NotNull(message = "required") UUID ticketId,

            @Min(value = 1, message = "out_of_range") @Max(value = 5, message = "out_of_range")
            int rating,

            @Nullable @Content(optional = true) String comment)
            implements TicketCommand {
        @Override
        public String change() {
            return "rate";
        }

        @Override
        public ObjectNode args() {
            return JsonText.newObject().put("rating", rating).put("comment", comment);
        }
    }
}
