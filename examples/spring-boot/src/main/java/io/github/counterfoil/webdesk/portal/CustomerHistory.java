package io.github.counterfoil.webdesk.portal;

import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.webdesk.files.Attachment;
import io.github.counterfoil.webdesk.shown.HistoryLine;
import io.github.counterfoil.webdesk.shown.Moment;

/** Says what happened to a ticket, for customers. */
final class CustomerHistory {

    private CustomerHistory() {}

    static HistoryLine line(CustomerEvent event) {
        Moment at = Moment.of(event.createdAt());
        if (event instanceof CustomerEvent.Message e) {
            String kind = e.role() == Role.CUSTOMER ? "theirs" : "ours";
            return new HistoryLine(
                    kind,
                    e.authorName(),
                    at,
                    e.content(),
                    Attachment.links("/portal/tickets/" + e.ticketId(), e.attachments()));
        }
        return HistoryLine.event(event.authorName(), at, words(event));
    }

    /** Types of event that a later release adds are named. */
    private static String words(CustomerEvent event) {
        if (event instanceof CustomerEvent.StatusUpdate e) {
            return switch (e.newValue()) {
                case NEW -> "is new";
                case OPEN -> "is being worked on";
                case PENDING -> "waits for your answer";
                case CLOSED -> "closed the ticket";
            };
        } else if (event instanceof CustomerEvent.AssignmentAdded e) {
            return e.agentName().equals(e.authorName()) ? "takes care of it" : "gave it to " + e.agentName();
        } else if (event instanceof CustomerEvent.AssignmentRemoved e) {
            return e.agentName().equals(e.authorName()) ? "hands it over" : "took it from " + e.agentName();
        } else if (event instanceof CustomerEvent.PriorityUpdate e) {
            return "priority: " + e.newValue().wireName();
        } else if (event instanceof CustomerEvent.TitleUpdate) {
            return "changed the title";
        } else if (event instanceof CustomerEvent.DescriptionUpdate) {
            return "changed the description";
        } else if (event instanceof CustomerEvent.FeedbackSubmitted e) {
            return "rated " + e.rating() + " of 5";
        } else if (event instanceof CustomerEvent.EventRedacted) {
            return "took something out";
        }
        return event.type();
    }
}
