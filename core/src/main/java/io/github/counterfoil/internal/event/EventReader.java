package io.github.counterfoil.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.access.AgentName;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns rows of {@code ticket_event} into events, for either side of the counter. */
public final class EventReader {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    private final EventTypes types;

    public EventReader(EventTypes types) {
        this.types = types;
    }

    public TicketEvent forAgent(EventRow row) {
        Role role = Role.ofWireName(row.role()).orElseThrow();
        TicketEvent.Header header = new TicketEvent.Header(
                row.id(),
                row.ticketId(),
                row.number(),
                row.createdAt(),
                new Author(row.createdBy(), row.firstName(), row.lastName(), role),
                Visibility.ofWireName(row.visibility()).orElseThrow());
        if (types.isRegistered(row.type())) {
            return new TicketEvent.CustomEvent(header, row.type(), JsonValue.parse(row.body()));
        }
        try {
            return ownType(header, row.type(), new Body(row.body()));
        } catch (IncompleteBody e) {
            return new TicketEvent.UnknownEvent(header, row.type(), JsonValue.parse(row.body()));
        }
    }

    private static TicketEvent ownType(TicketEvent.Header header, String type, Body body) throws IncompleteBody {
        return switch (type) {
            case "message" -> new TicketEvent.Message(header, body.text("content"), body.values("attachments"));
            case "status-update" ->
                new TicketEvent.StatusUpdate(header, body.status("old_value"), body.status("new_value"));
            case "field-added" -> new TicketEvent.FieldAdded(header, body.text("field_name"), body.value("new_value"));
            case "field-removed" ->
                new TicketEvent.FieldRemoved(header, body.text("field_name"), body.value("old_value"));
            case "assignment-added" -> new TicketEvent.AssignmentAdded(header, body.id("agent_id"));
            case "assignment-removed" -> new TicketEvent.AssignmentRemoved(header, body.id("agent_id"));
            case "note-added" -> new TicketEvent.NoteAdded(header, body.text("content"));
            case "priority-update" ->
                new TicketEvent.PriorityUpdate(header, body.priority("old_value"), body.priority("new_value"));
            case "title-update" -> new TicketEvent.TitleUpdate(header, body.text("old_value"), body.text("new_value"));
            case "description-update" ->
                new TicketEvent.DescriptionUpdate(header, body.text("old_value"), body.text("new_value"));
            case "tag-added" -> new TicketEvent.TagAdded(header, body.text("tag"));
            case "tag-removed" -> new TicketEvent.TagRemoved(header, body.text("tag"));
            case "customer-update" ->
                new TicketEvent.CustomerUpdate(header, body.id("old_value"), body.id("new_value"));
            case "feedback-submitted" ->
                new TicketEvent.FeedbackSubmitted(header, body.rating(), body.optionalText("comment"));
            default -> throw new IncompleteBody();
        };
    }

    /**
     * The row must be one that the customer may see. Empty for one that lacks what its type requires, as only a row that was
     * changed by hand does: what nobody can read nobody is shown.
     */
    public Optional<CustomerEvent> forCustomer(EventRow row, AgentDisplay display) {
        Role role = Role.ofWireName(row.role()).orElseThrow();
        AgentName author = new AgentName(row.firstName(), row.lastName());
        CustomerEvent.Header header = new CustomerEvent.Header(
                row.id(),
                row.ticketId(),
                row.number(),
                row.createdAt(),
                role,
                author.shown(role == Role.AGENT ? display : AgentDisplay.fullNames()));
        String agent = row.agent() == null ? "" : row.agent().shown(display);
        try {
            return Optional.of(customerType(header, row, agent, new Body(row.body())));
        } catch (IncompleteBody | InvalidInput e) {
            LOG.warn("event {} lacks what its type requires and is hidden from its customer", row.id());
            return Optional.empty();
        }
    }

    private static CustomerEvent customerType(CustomerEvent.Header header, EventRow row, String agent, Body body)
            throws IncompleteBody {
        return switch (row.type()) {
            case "message" -> new CustomerEvent.Message(header, body.text("content"), body.values("attachments"));
            case "status-update" ->
                new CustomerEvent.StatusUpdate(header, body.status("old_value"), body.status("new_value"));
            case "assignment-added" -> new CustomerEvent.AssignmentAdded(header, agent);
            case "assignment-removed" -> new CustomerEvent.AssignmentRemoved(header, agent);
            case "priority-update" ->
                new CustomerEvent.PriorityUpdate(header, body.priority("old_value"), body.priority("new_value"));
            case "title-update" ->
                new CustomerEvent.TitleUpdate(header, body.text("old_value"), body.text("new_value"));
            case "description-update" ->
                new CustomerEvent.DescriptionUpdate(header, body.text("old_value"), body.text("new_value"));
            case "feedback-submitted" ->
                new CustomerEvent.FeedbackSubmitted(header, body.rating(), body.optionalText("comment"));
            default -> new CustomerEvent.CustomEvent(header, row.type(), JsonValue.parse(row.body()));
        };
    }

    /** A body lacks a member, or holds one of another type. */
    private static final class IncompleteBody extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private record Body(JsonNode json) {

        Body(String body) {
            this(JsonText.read(body));
        }

        String text(String member) throws IncompleteBody {
            JsonNode value = json.get(member);
            if (value == null || !value.isTextual()) {
                throw new IncompleteBody();
            }
            return value.textValue();
        }

        @Nullable
        String optionalText(String member) throws IncompleteBody {
            JsonNode value = json.get(member);
            return value == null || value.isNull() ? null : text(member);
        }

        JsonValue value(String member) throws IncompleteBody {
            JsonNode value = json.get(member);
            if (value == null) {
                throw new IncompleteBody();
            }
            return JsonValue.parse(JsonText.text(value));
        }

        List<JsonValue> values(String member) throws IncompleteBody {
            JsonNode array = json.get(member);
            if (array == null || !array.isArray()) {
                throw new IncompleteBody();
            }
            List<JsonValue> values = new ArrayList<>(array.size());
            array.forEach(value -> values.add(JsonValue.parse(JsonText.text(value))));
            return values;
        }

        UUID id(String member) throws IncompleteBody {
            try {
                return UUID.fromString(text(member));
            } catch (IllegalArgumentException e) {
                throw new IncompleteBody();
            }
        }

        TicketStatus status(String member) throws IncompleteBody {
            return TicketStatus.ofWireName(text(member)).orElseThrow(IncompleteBody::new);
        }

        Priority priority(String member) throws IncompleteBody {
            return Priority.ofWireName(text(member)).orElseThrow(IncompleteBody::new);
        }

        int rating() throws IncompleteBody {
            JsonNode value = json.get("rating");
            if (value == null || !value.isIntegralNumber()) {
                throw new IncompleteBody();
            }
            return value.intValue();
        }
    }
}
