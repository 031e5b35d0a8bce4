package io.github.counterfoil.internal.verification;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.StoredEvent;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.ticket.Opening;
import io.github.counterfoil.internal.ticket.TicketState;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.verification.VerificationReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** Compares what is stored of a ticket with what its events make of it. */
final class Comparison {
    private final StoredTicket ticket;
    private final TicketRecord row;
    private final EventTypes types;
    private final Rebuilding rebuilding;
    private final TicketState state;
    private final List<VerificationReport.Discrepancy> found = new ArrayList<>();

    private Comparison(StoredTicket ticket, EventTypes types) {
        this.ticket = ticket;
        this.row = ticket.row();
        this.types = types;
        this.rebuilding = new Rebuilding(ticket, new EventReader(types));
        this.state = rebuilding.start();
    }

    static List<VerificationReport.Discrepancy> of(StoredTicket ticket, EventTypes types) {
        Comparison comparison = new Comparison(ticket, types);
        comparison.compareOpening();
        comparison.followEvents();
        comparison.compareNumbers();
        comparison.compareRow();
        comparison.compareRelations();
        return comparison.found;
    }

    private void compareOpening() {
        require(row.getOpening().equals(Opening.digest(rebuilding.opening(), row.getCreatedBy())), "ticket.opening");
    }

    private void followEvents() {
        Instant last = row.getCreatedAt();
        int expected = 1;
        for (int i = 0; i < rebuilding.events().size(); i++) {
            TicketEvent event = rebuilding.events().get(i);
            Instant publicAt = ticket.events().get(i).publicAt();
            if (event.seq() != expected) {
                add(event.seq(), "ticket_event.seq", "out_of_order");
            }
            expected = event.seq() + 1;
            if (event.createdAt().isBefore(last)) {
                add(event.seq(), "ticket_event.created_at", "out_of_order");
            }
            last = event.createdAt();
            String misfit = state.apply(event, publicAt == null ? event.createdAt() : publicAt);
            if (misfit != null) {
                add(event.seq(), "ticket_event." + misfit, "not_current");
            }
        }
        require(row.getLastSeq() == expected - 1, "ticket.last_seq");
        require(row.getUpdatedAt().equals(last), "ticket.updated_at");
    }

    private void compareNumbers() {
        int number = 0;
        Instant last = row.getCreatedAt();
        for (StoredEvent event : ticket.events()) {
            int seq = event.row().number();
            if (!event.authorKnown()) {
                add(seq, "ticket_event.created_by", "unexpected");
            }
            Instant publicAt = event.publicAt();
            if (event.publicSeq() == null || publicAt == null) {
                if (isPublic(event) && types.alwaysCustomerVisible(event.row().type()) && !unreadable(seq)) {
                    add(seq, "ticket_event.public_seq", "missing");
                }
                continue;
            }
            if (!isPublic(event) || types.neverCustomerVisible(event.row().type())) {
                add(seq, "ticket_event.public_seq", "unexpected");
            }
            if (event.publicSeq() != ++number) {
                add(seq, "ticket_event.public_seq", "out_of_order");
                number = event.publicSeq();
            }
            if (publicAt.isBefore(last)) {
                add(seq, "ticket_event.public_at", "out_of_order");
            }
            last = publicAt;
        }
        require(row.getLastPublicSeq() == number, "ticket.last_public_seq");
        require(row.getPublicUpdatedAt().equals(last), "ticket.public_updated_at");
    }

    /** An imported event that lacks what its type requires: kept, and never shown to customers. */
    private boolean unreadable(int seq) {
        return rebuilding.events().stream()
                .anyMatch(event -> event.seq() == seq
                        && event instanceof TicketEvent.UnknownEvent
                        && !event.type().equals("message"));
    }

    private static boolean isPublic(StoredEvent event) {
        return event.row().visibility().equals(Visibility.PUBLIC.wireName());
    }

    private void compareRow() {
        require(row.getStatus().equals(state.status().wireName()), "ticket.status");
        require(Objects.requireNonNullElse(row.getClosedSeq(), 0) == state.closedSeq(), "ticket.closed_seq");
        require(row.getPriority().equals(state.priority().wireName()), "ticket.priority");
        require(row.getTitle().equals(state.title()), "ticket.title");
        require(row.getDescription().equals(state.description()), "ticket.description");
        require(row.getCustomerId().equals(state.customerId()), "ticket.customer_id");
        require(Set.of(row.getTags()).equals(state.tags()), "ticket.tags");
        Map<String, JsonValue> fields =
                JsonValue.parse(row.getCustomFields().data()).members();
        require(fields.equals(state.fields()), "ticket.custom_fields");
    }

    private void compareRelations() {
        compare(
                state.assignments().entrySet(),
                ticket.assignments().entrySet(),
                "ticket_assignment",
                entry -> seqOfAssignment(entry.getKey()));
        compare(state.resolutions(), ticket.resolutions(), "ticket_resolution", TicketState.Resolution::closedSeq);
        compare(state.ratings(), ticket.ratings(), "ticket_feedback", TicketState.Rating::closedSeq);
    }

    private int seqOfAssignment(UUID workerId) {
        return rebuilding.events().stream()
                .filter(event -> event instanceof TicketEvent.AssignmentAdded added
                        && added.agentId().equals(workerId))
                .mapToInt(TicketEvent::seq)
                .max()
                .orElse(0);
    }

    private <T> void compare(Collection<T> expected, Collection<T> stored, String table, ToIntFunction<T> seq) {
        Set<T> missing = new HashSet<>(expected);
        missing.removeAll(new HashSet<>(stored));
        missing.forEach(one -> add(seq.applyAsInt(one), table, "missing"));
        Set<T> unexpected = new HashSet<>(stored);
        unexpected.removeAll(new HashSet<>(expected));
        unexpected.forEach(one -> add(seq.applyAsInt(one), table, "unexpected"));
    }

    private void require(boolean same, String subject) {
        if (!same) {
            add(0, subject, "differs");
        }
    }

    private void add(int seq, String subject, String code) {
        found.add(new VerificationReport.Discrepancy(row.getId(), seq, subject, code));
    }
}
