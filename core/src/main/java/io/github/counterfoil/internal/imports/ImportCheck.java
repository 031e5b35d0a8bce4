package io.github.counterfoil.internal.imports;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.Numbering;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.ticket.NewTicket;
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
    private final Numbering numbers;

    private ImportCheck(long item, ImportedTicket ticket) {
        this.item = item;
        this.ticket = ticket;
        this.state = new TicketState(ticket.start(), ticket.customerId());
        this.numbers = new Numbering(ticket.createdAt());
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
        ticket.events().forEach(check::checkEvent);
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

    private void checkEvent(TicketEvent event) {
        boolean inTime = numbers.isInTime(event.createdAt());
        int expectedSeq = numbers.count(event.createdAt());
        if (event.seq() != expectedSeq) {
            add(expectedSeq, "seq", "out_of_order");
        }
        if (!event.ticketId().equals(ticket.id())) {
            add(expectedSeq, "ticket_id", "mismatch");
        }
        if (!ids.add(event.id())) {
            add(expectedSeq, "id", "duplicate");
        }
        if (!inTime) {
            add(expectedSeq, "created_at", "out_of_order");
        }
        addProblem(
                expectedSeq,
                "created_by_first_name",
                TextRules.storable(event.author().firstName()));
        addProblem(
                expectedSeq,
                "created_by_last_name",
                TextRules.storable(event.author().lastName()));
        EventTypes.checkContent(event, (member, problem) -> addProblem(expectedSeq, member, problem));
        String misfit = state.apply(event);
        if (misfit != null) {
            add(expectedSeq, misfit, "not_current");
        }
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
