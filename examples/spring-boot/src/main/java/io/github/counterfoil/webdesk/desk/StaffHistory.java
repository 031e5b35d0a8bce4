package io.github.counterfoil.webdesk.desk;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.webdesk.files.Attachment;
import io.github.counterfoil.webdesk.shown.HistoryLine;
import io.github.counterfoil.webdesk.shown.Moment;
import io.github.counterfoil.webdesk.shown.Names;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Says what happened to a ticket, for agents. */
final class StaffHistory {
    private final Function<UUID, String> workers;

    /** @param workers names of workers by their ids */
    StaffHistory(Function<UUID, String> workers) {
        this.workers = workers;
    }

    HistoryLine line(TicketEvent event) {
        String who = Names.full(event.author().firstName(), event.author().lastName());
        Moment at = Moment.of(event.createdAt());
        if (event instanceof TicketEvent.Message e) {
            String kind = e.author().role() == Role.CUSTOMER ? "theirs" : "ours";
            return new HistoryLine(
                    kind, who, at, e.content(), Attachment.links("/desk/tickets/" + e.ticketId(), e.attachments()));
        } else if (event instanceof TicketEvent.NoteAdded e) {
            return new HistoryLine("note", who, at, e.content(), List.of());
        }
        return HistoryLine.event(who, at, words(event));
    }

    /** Types of event that a later release adds are named. */
    private String words(TicketEvent event) {
        if (event instanceof TicketEvent.StatusUpdate e) {
            return "status: " + e.oldValue().wireName() + " → " + e.newValue().wireName();
        } else if (event instanceof TicketEvent.AssignmentAdded e) {
            return "assigned to " + workers.apply(e.agentId());
        } else if (event instanceof TicketEvent.AssignmentRemoved e) {
            return "no longer assigned to " + workers.apply(e.agentId());
        } else if (event instanceof TicketEvent.PriorityUpdate e) {
            return "priority: " + e.oldValue().wireName() + " → " + e.newValue().wireName();
        } else if (event instanceof TicketEvent.TagAdded e) {
            return "tag added: " + e.tag();
        } else if (event instanceof TicketEvent.TagRemoved e) {
            return "tag removed: " + e.tag();
        } else if (event instanceof TicketEvent.FieldAdded e) {
            return e.fieldName() + " is " + e.newValue().text();
        } else if (event instanceof TicketEvent.FieldRemoved e) {
            return e.fieldName() + " was " + e.oldValue().text();
        } else if (event instanceof TicketEvent.FeedbackSubmitted e) {
            return "rated " + e.rating() + " of 5" + (e.comment() == null ? "" : ": " + e.comment());
        } else if (event instanceof TicketEvent.DeliveryFailed e) {
            return "could not be reached by " + e.channel() + ": " + e.reason();
        }
        return event.type();
    }
}
