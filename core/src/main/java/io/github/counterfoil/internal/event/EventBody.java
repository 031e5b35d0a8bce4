package io.github.counterfoil.internal.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.json.text.JsonText;
import io.github.counterfoil.json.JsonValue;

/** The members that are an event type's own, as {@code ticket_event.body} holds them: the reverse of {@link EventReader}. */
public final class EventBody {

    private EventBody() {}

    public static ObjectNode of(TicketEvent event) {
        ObjectNode body = JsonText.newObject();
        if (event instanceof TicketEvent.Message e) {
            body.put("content", e.content());
            ArrayNode attachments = body.putArray("attachments");
            e.attachments().forEach(attachment -> attachments.addRawValue(raw(attachment)));
            return body;
        } else if (event instanceof TicketEvent.StatusUpdate e) {
            return change(body, e.oldValue().wireName(), e.newValue().wireName());
        } else if (event instanceof TicketEvent.FieldAdded e) {
            return body.put("field_name", e.fieldName()).putRawValue("new_value", raw(e.newValue()));
        } else if (event instanceof TicketEvent.FieldRemoved e) {
            return body.put("field_name", e.fieldName()).putRawValue("old_value", raw(e.oldValue()));
        } else if (event instanceof TicketEvent.AssignmentAdded e) {
            return body.put("agent_id", e.agentId().toString());
        } else if (event instanceof TicketEvent.AssignmentRemoved e) {
            return body.put("agent_id", e.agentId().toString());
        } else if (event instanceof TicketEvent.NoteAdded e) {
            return body.put("content", e.content());
        } else if (event instanceof TicketEvent.PriorityUpdate e) {
            return change(body, e.oldValue().wireName(), e.newValue().wireName());
        }
        return ofExtension(event, body);
    }

    private static ObjectNode ofExtension(TicketEvent event, ObjectNode body) {
        if (event instanceof TicketEvent.TitleUpdate e) {
            return change(body, e.oldValue(), e.newValue());
        } else if (event instanceof TicketEvent.DescriptionUpdate e) {
            return change(body, e.oldValue(), e.newValue());
        } else if (event instanceof TicketEvent.TagAdded e) {
            return body.put("tag", e.tag());
        } else if (event instanceof TicketEvent.TagRemoved e) {
            return body.put("tag", e.tag());
        } else if (event instanceof TicketEvent.CustomerUpdate e) {
            return change(body, e.oldValue().toString(), e.newValue().toString());
        } else if (event instanceof TicketEvent.FeedbackSubmitted e) {
            return body.put("rating", e.rating()).put("comment", e.comment());
        } else if (event instanceof TicketEvent.CustomEvent e) {
            return (ObjectNode) JsonText.read(e.body().text());
        } else if (event instanceof TicketEvent.UnknownEvent e) {
            return (ObjectNode) JsonText.read(e.body().text());
        }
        throw new IllegalStateException("no body is known for " + event.type());
    }

    private static ObjectNode change(ObjectNode body, String oldValue, String newValue) {
        return body.put("old_value", oldValue).put("new_value", newValue);
    }

    private static RawValue raw(JsonValue value) {
        return new RawValue(value.text());
    }
}
