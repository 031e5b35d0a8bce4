package io.github.counterfoil.internal.imports;

import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.Numbering;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.internal.reference.References;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks one imported ticket, and folds its events into what the ticket is now. The history must be consistent, as one
 * written by commands is; texts need only be storable, since what happened elsewhere cannot be typed again.
 */
final class ImportCheck {
    private static final UUID NIL = new UUID(0, 0);

    /** Leaves more above it than will ever be given. */
    private static final long MAX_NUMBER = 1_000_000_000_000L;

    private final long item;
    private final ImportedTicket ticket;
    private final EventTypes types;
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final List<TicketEvent> events = new ArrayList<>();
    private final Set<UUID> ids = new HashSet<>();

    private ImportCheck(long item, ImportedTicket ticket, EventTypes types) {
        this.item = item;
        this.ticket = ticket;
        this.types = types;
    }

    /**
     * What the check found.
     *
     * @param state what the ticket is after all events; null if there are faults
     * @param events as they are read once they are stored; of use only if there are no faults
     */
    record Checked(@Nullable TicketState state, List<TicketEvent> events, List<Fault> faults) {}

    static Checked check(long item, ImportedTicket ticket, EventTypes types) {
        ImportCheck check = new ImportCheck(item, ticket, types);
        check.checkOpening();
        check.checkEvents();
        check.checkReferences();
        TicketState state = check.faults.isEmpty() ? check.fold() : null;
        return new Checked(check.faults.isEmpty() ? state : null, check.events, List.copyOf(check.faults));
    }

    /** Each fault of a ticket that is none. */
    static Fault missing(long item) {
        return new Fault(item, NIL, 0, "ticket", "required", null);
    }

    private void checkOpening() {
        if (require(0, "id", ticket.id()) && ticket.id().equals(NIL)) {
            add(0, "id", "malformed");
        }
        require(0, "customer", ticket.customerId());
        require(0, "created_by", ticket.createdBy());
        addProblem(0, "created_at", MomentRules.happened(ticket.createdAt(), 0));
        ticket.number().ifPresent(number -> addProblem(0, "number", Problem.range(number, 1, MAX_NUMBER)));
        if (require(0, "start", ticket.start())) {
            checkStart(ticket.start());
        }
    }

    private void checkStart(NewTicket start) {
        addProblem(0, "title", TextRules.storable(start.title()));
        addProblem(0, "description", TextRules.storable(start.description()));
        require(0, "priority", start.priority());
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

    private void checkEvents() {
        int seq = 0;
        for (TicketEvent event : ticket.events()) {
            seq++;
            int before = faults.size();
            if (require(seq, "event", event) && require(seq, "header", event.header())) {
                checkHeader(seq, event);
                if (faults.size() == before) {
                    checkContent(seq, event);
                }
            }
        }
    }

    private void checkHeader(int seq, TicketEvent event) {
        if (event.seq() != seq) {
            add(seq, "seq", "out_of_order");
        }
        if (require(seq, "id", event.id()) && !ids.add(event.id())) {
            add(seq, "id", "duplicate");
        }
        if (!Objects.equals(event.ticketId(), ticket.id())) {
            add(seq, "ticket_id", "mismatch");
        }
        addProblem(seq, "created_at", MomentRules.happened(event.createdAt(), seq));
        require(seq, "visibility", event.visibility());
        event.redacted().forEach(member -> addProblem(seq, "redacted", TextRules.storable(member)));
        Author author = event.author();
        if (require(seq, "created_by", author)) {
            require(seq, "created_by", author.id());
            require(seq, "role", author.role());
            addProblem(seq, "created_by_first_name", TextRules.storable(author.firstName()));
            addProblem(seq, "created_by_last_name", TextRules.storable(author.lastName()));
        }
    }

    /** What an event says must be what its type requires, also in a record that stands for any type. */
    private void checkContent(int seq, TicketEvent event) {
        int before = faults.size();
        EventTypes.checkContent(event, (member, problem) -> addProblem(seq, member, problem));
        if (faults.size() > before) {
            return;
        }
        try {
            TicketEvent read = types.asRead(event);
            if (read != event) {
                EventTypes.checkContent(read, (member, problem) -> addProblem(seq, member, problem));
            }
            events.add(read);
        } catch (UnfitMember e) {
            add(seq, e.name(), e.code());
        }
    }

    /** From the first event on that does not fit, nothing tells what would have fitted. */
    private TicketState fold() {
        TicketState state = new TicketState(ticket.start(), ticket.customerId());
        Numbering numbers = new Numbering(ticket.createdAt());
        for (TicketEvent event : events) {
            if (!numbers.isInTime(event.createdAt())) {
                add(event.seq(), "created_at", "out_of_order");
            }
            String misfit = state.apply(event, types.shows(event) ? event.createdAt() : null);
            if (misfit != null) {
                add(event.seq(), misfit, "not_current");
            }
        }
        return state;
    }

    private void checkReferences() {
        if (ticket.start() != null && ticket.start().reference() != null) {
            addProblem(0, "reference", References.problem(ticket.start().reference()));
        }
        for (Reference.Place place : ticket.references()) {
            addProblem(0, "reference", References.problem(place.reference()));
            if (place.eventId().filter(id -> !ids.contains(id)).isPresent()) {
                add(0, "reference", "unknown");
            }
        }
    }

    private boolean require(int seq, String field, @Nullable Object value) {
        if (value == null) {
            add(seq, field, "required");
        }
        return value != null;
    }

    private void addProblem(int seq, String field, @Nullable Problem problem) {
        if (problem != null) {
            UUID id = Objects.requireNonNullElse(ticket.id(), NIL);
            faults.add(new Fault(item, id, seq, field, problem.code(), problem.limit()));
        }
    }

    private void add(int seq, String field, String code) {
        addProblem(seq, field, Problem.of(code));
    }
}
