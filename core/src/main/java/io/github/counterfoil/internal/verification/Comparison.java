package io.github.counterfoil.internal.verification;

import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.event.EventReader;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.Numbering;
import io.github.counterfoil.internal.event.Seen;
import io.github.counterfoil.internal.event.StoredEvent;
import io.github.counterfoil.internal.event.TicketState;
import io.github.counterfoil.internal.jooq.tables.records.TicketRecord;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.ticket.Shown;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.verification.VerificationReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Compares what is stored of a ticket with what its events make of it. */
final class Comparison {
    private final StoredTicket ticket;
    private final TicketRecord row;
    private final EventTypes types;
    private final EventReader reader;
    private final Rebuilding rebuilding;
    private final TicketState state;
    private final Map<UUID, Integer> assigned = new HashMap<>();
    private @Nullable Instant respondedAt;
    private @Nullable Instant responseShownAt;
    private final Map<UUID, Integer> added = new HashMap<>();
    private final List<VerificationReport.Discrepancy> found = new ArrayList<>();

    private Comparison(StoredTicket ticket, EventTypes types) {
        this.ticket = ticket;
        this.row = ticket.row();
        this.types = types;
        this.reader = new EventReader(types);
        this.rebuilding = Rebuilding.of(row);
        this.state = rebuilding.beginning().state();
    }

    static List<VerificationReport.Discrepancy> of(Database database, StoredTicket ticket, EventTypes types) {
        Comparison comparison = new Comparison(ticket, types);
        comparison.compareBeginning();
        comparison.followEvents(database);
        comparison.compareRow();
        comparison.compareRelations();
        return comparison.found;
    }

    private void compareBeginning() {
        require(rebuilding.fits(), "ticket.beginning");
        require(
                ticket.beginningRedacted()
                        || row.getOpening().equals(rebuilding.beginning().digest(row.getCreatedBy())),
                "ticket.opening");
    }

    private void followEvents(Database database) {
        Numbering all = new Numbering(row.getCreatedAt());
        Numbering customers = new Numbering(row.getCreatedAt());
        long[] weights = new long[2];
        long[] position = {row.getPosition()};
        ticket.forEachEvent(database, stored -> {
            TicketEvent event = reader.forAgent(stored.row());
            if (!stored.authorKnown()) {
                add(event.seq(), "ticket_event.created_by", "unexpected");
            }
            if (stored.unfit() != null) {
                add(event.seq(), "ticket_event." + stored.unfit(), "unexpected");
            }
            if (stored.position() < position[0]) {
                add(event.seq(), "ticket_event.position", "out_of_order");
            }
            position[0] = stored.position();
            follow(all, event, event.seq(), "seq", event.createdAt(), "created_at");
            followAsCustomer(customers, event, stored);
            followState(event, stored);
            weights[0] += stored.size();
            weights[1] += stored.publicSeq() == null ? 0 : stored.size();
            return true;
        });
        require(row.getLastSeq() == all.last(), "ticket.last_seq");
        require(row.getUpdatedAt().equals(all.lastAt()), "ticket.updated_at");
        require(row.getLastPublicSeq() == customers.last(), "ticket.last_public_seq");
        require(row.getPublicUpdatedAt().equals(customers.lastAt()), "ticket.public_updated_at");
        require(row.getWeight() == weights[0], "ticket.weight");
        require(row.getPublicWeight() == weights[1], "ticket.public_weight");
    }

    private void followState(TicketEvent event, StoredEvent stored) {
        if (Objects.equals(listed().firstResponse(), event.seq())) {
            respondedAt = event.createdAt();
            responseShownAt = stored.publicAt();
        }
        if (event instanceof TicketEvent.AssignmentAdded one) {
            assigned.put(one.agentId(), one.seq());
        } else if (event instanceof TicketEvent.ParticipantAdded one) {
            added.put(one.customerId(), one.seq());
        }
        Instant shownAt =
                stored.publicSeq() == null ? null : Objects.requireNonNullElse(stored.publicAt(), event.createdAt());
        String misfit = state.apply(event, shownAt);
        if (misfit != null) {
            add(event.seq(), "ticket_event." + misfit, "not_current");
        }
    }

    private void followAsCustomer(Numbering customers, TicketEvent event, StoredEvent stored) {
        if (stored.publicSeq() == null || stored.publicAt() == null) {
            // The host may have registered a type of its own since; an event that nobody can read is never shown.
            if (EventTypes.alwaysCustomerVisible(event.type()) && types.shows(event)) {
                add(event.seq(), "ticket_event.public_seq", "missing");
            }
            return;
        }
        if (event.visibility() == Visibility.PUBLIC && EventTypes.neverCustomerVisible(event.type())) {
            add(event.seq(), "ticket_event.public_seq", "unexpected");
        }
        follow(customers, event, stored.publicSeq(), "public_seq", stored.publicAt(), "public_at");
    }

    private void follow(
            Numbering numbering, TicketEvent event, int number, String numberColumn, Instant at, String timeColumn) {
        if (!numbering.comesNext(number)) {
            add(event.seq(), "ticket_event." + numberColumn, "out_of_order");
        }
        if (!numbering.isInTime(at)) {
            add(event.seq(), "ticket_event." + timeColumn, "out_of_order");
        }
    }

    private void compareRow() {
        Seen all = state.all();
        require(row.getStatus().equals(all.status().wireName()), "ticket.status");
        require(Objects.requireNonNullElse(row.getClosedSeq(), 0) == all.closedSeq(), "ticket.closed_seq");
        require(row.getPriority().equals(all.priority().wireName()), "ticket.priority");
        require(row.getTitle().equals(all.title()), "ticket.title");
        require(row.getDescription().equals(all.description()), "ticket.description");
        require(row.getCustomerId().equals(state.customerId()), "ticket.customer_id");
        require(Arrays.asList(row.getTags()).equals(List.copyOf(state.tags())), "ticket.tags");
        Map<String, JsonValue> fields =
                JsonValue.parse(row.getCustomFields().data()).members();
        require(fields.equals(state.fields()), "ticket.custom_fields");
        require(Objects.equals(row.getSnoozedUntil(), state.snoozedUntil()), "ticket.snoozed_until");
        compareFacts();
        compareShown();
    }

    private void compareFacts() {
        require(row.getStatusSince().equals(state.all().statusSince(row.getCreatedAt())), "ticket.status_since");
        require(
                Objects.requireNonNullElse(row.getLastWrittenSeq(), 0)
                        == state.all().writtenSeq(),
                "ticket.last_written_seq");
        require(
                Objects.requireNonNullElse(row.getLastMessageSeq(), 0)
                        == state.shown().writtenSeq(),
                "ticket.last_message_seq");
        require(Objects.equals(row.getFirstResponseSeq(), listed().firstResponse()), "ticket.first_response_seq");
        require(Objects.equals(row.getFirstResponseAt(), respondedAt), "ticket.first_response_at");
        require(listed().activityFits(), "ticket_activity");
        require(listed().tagsFit(), "ticket_tag");
        require(listed().wordsFit(), "ticket_search");
        require(listed().referencesFit(), "ticket_reference");
    }

    private ListedFacts listed() {
        return Objects.requireNonNull(ticket.listed());
    }

    private void compareShown() {
        Optional<JsonValue> shown = Optional.ofNullable(row.getShown()).map(json -> JsonValue.parse(json.data()));
        JsonObject parts = Shown.parts(state, row.getCreatedAt()).orElseGet(JsonObject::new);
        if (responseShownAt != null && !responseShownAt.equals(respondedAt)) {
            parts.put("first_response_at", Shown.micros(responseShownAt));
        }
        require(
                shown.equals(parts.isEmpty() ? Optional.empty() : Optional.of(JsonValue.parse(parts.text()))),
                "ticket.shown");
        Optional<List<UUID>> assignees =
                Optional.ofNullable(row.getShownAssignedTo()).map(Arrays::asList);
        require(assignees.equals(Shown.assignees(state)), "ticket.shown_assigned_to");
    }

    private void compareRelations() {
        require(ticket.numberRecorded(), "ticket.number");
        compare(
                state.all().assigned().entrySet(),
                ticket.assignments().entrySet(),
                "ticket_assignment",
                entry -> assigned.getOrDefault(entry.getKey(), 0));
        require(listed().assignmentsFit(), "ticket_assignment");
        Map<UUID, String> participants = new HashMap<>();
        state.participants().forEach((customerId, kind) -> participants.put(customerId, kind.wireName()));
        compare(
                participants.entrySet(),
                ticket.participants().entrySet(),
                "ticket_participant",
                entry -> added.getOrDefault(entry.getKey(), 0));
        require(ticket.participantsFit(), "ticket_participant");
        compare(state.resolutions(), ticket.resolutions(), "ticket_resolution", TicketState.Resolution::closedSeq);
        compare(state.turns(), ticket.turns(), "ticket_fact", TicketState.Turn::seq);
        require(listed().responseFits(), "ticket_fact");
        compare(state.ratings(), ticket.ratings(), "ticket_feedback", TicketState.Rating::closedSeq);
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
