package io.github.counterfoil.internal.imports;

import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.ticket.TicketState;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks one imported ticket, and folds its events into what the ticket is now. The history must be consistent, as one
 * written by commands is; texts need only be storable, since what happened elsewhere cannot be typed again.
 */
final class ImportCheck {
    private final long item;
    private final ImportedTicket ticket;
    private final TicketState state;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<UUID> ids = new HashSet<>();
    private Instant last;

    private ImportCheck(long item, ImportedTicket ticket) {
        this.item = item;
        this.ticket = ticket;
        this.state = new TicketState(ticket.start(), ticket.customerId());
        this.last = ticket.createdAt();
    }

    /**
     * What the check found.
     *
     * @param state what the ticket is after all events; of use only if there are no faults
     */
    record Checked(TicketState state, List<Fault> faults) {}

    static Checked check(long item, ImportedTicket ticket) {
        ImportCheck check = new ImportCheck(item, ticket);
        check.checkStart();
        int expectedSeq = 1;
        for (TicketEvent event : ticket.events()) {
            check.checkEvent(event, expectedSeq++);
        }
        return new Checked(check.state, check.faults);
    }

    private void checkStart() {
        NewTicket start = ticket.start();
        addProblem(0, "title", TextRules.storable(start.title()));
        addProblem(0, "description", TextRules.storable(start.description()));
        addProblem(0, "channel", TextRules.optionalContent(start.channel()));
        start.tags().forEach(tag -> addProblem(0, "tags", TextRules.storable(tag)));
        start.customFields().forEach((name, value) -> {
            addProblem(0, "custom_fields", TextRules.storable(name));
            addProblem(0, "custom_fields", ValueRules.value(value, ValueRules.MAX_BODY_BYTES));
        });
        if (new HashSet<>(start.tags()).size() < start.tags().size()) {
            add(0, "tags", "duplicate");
        }
    }

    private void checkEvent(TicketEvent event, int expectedSeq) {
        if (event.seq() != expectedSeq) {
            add(expectedSeq, "seq", "out_of_order");
        }
        if (!event.ticketId().equals(ticket.id())) {
            add(expectedSeq, "ticket_id", "mismatch");
        }
        if (!ids.add(event.id())) {
            add(expectedSeq, "id", "duplicate");
        }
        if (event.createdAt().isBefore(last)) {
            add(expectedSeq, "created_at", "out_of_order");
        }
        last = event.createdAt();
        addProblem(
                expectedSeq,
                "created_by_first_name",
                TextRules.storable(event.author().firstName()));
        addProblem(
                expectedSeq,
                "created_by_last_name",
                TextRules.storable(event.author().lastName()));
        checkContent(event, expectedSeq);
        String misfit = state.apply(event);
        if (misfit != null) {
            add(expectedSeq, misfit, "not_current");
        }
    }

    private void checkContent(TicketEvent event, int seq) {
        if (event instanceof TicketEvent.Message e) {
            addProblem(seq, "content", TextRules.storable(e.content()));
            e.attachments()
                    .forEach(attachment ->
                            addProblem(seq, "attachments", ValueRules.object(attachment, ValueRules.MAX_VALUE_BYTES)));
        } else if (event instanceof TicketEvent.NoteAdded e) {
            addProblem(seq, "content", TextRules.storable(e.content()));
            if (e.visibility() != Visibility.PRIVATE) {
                add(seq, "visibility", "must_be_private");
            }
        } else if (event instanceof TicketEvent.FieldAdded e) {
            addProblem(seq, "field_name", TextRules.storable(e.fieldName()));
            addProblem(seq, "new_value", ValueRules.value(e.newValue(), ValueRules.MAX_BODY_BYTES));
        } else if (event instanceof TicketEvent.TitleUpdate e) {
            addProblem(seq, "new_value", TextRules.storable(e.newValue()));
        } else if (event instanceof TicketEvent.DescriptionUpdate e) {
            addProblem(seq, "new_value", TextRules.storable(e.newValue()));
        } else if (event instanceof TicketEvent.TagAdded e) {
            addProblem(seq, "tag", TextRules.storable(e.tag()));
        } else if (event instanceof TicketEvent.FeedbackSubmitted e) {
            checkFeedback(e, seq);
        } else if (event instanceof TicketEvent.CustomEvent e) {
            checkBody(seq, e.type(), e.body());
        } else if (event instanceof TicketEvent.UnknownEvent e) {
            checkBody(seq, e.type(), e.body());
        }
    }

    private void checkFeedback(TicketEvent.FeedbackSubmitted event, int seq) {
        if (event.rating() < 1 || event.rating() > 5) {
            add(seq, "rating", "out_of_range");
        }
        if (event.author().role() != Role.CUSTOMER) {
            add(seq, "role", "not_customer");
        }
        addProblem(seq, "comment", TextRules.optionalContent(event.comment()));
    }

    private void checkBody(int seq, String type, JsonValue body) {
        addProblem(seq, "type", TextRules.line(type, TextRules.MAX_LABEL));
        addProblem(seq, "body", ValueRules.object(body, TextRules.MAX_CONTENT_BYTES));
    }

    private void addProblem(int seq, String field, @Nullable Problem problem) {
        if (problem != null) {
            add(seq, field, problem.code());
        }
    }

    private void add(int seq, String field, String code) {
        faults.add(new Fault(item, ticket.id(), seq, field, code));
    }
}
