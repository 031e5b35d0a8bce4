package io.github.counterfoil.internal.event;

import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of a ticket that may be other ones for its customer than for the staff, as one of the two sees them. */
public final class Seen {
    /** As PostgreSQL orders the rows. */
    private static final Comparator<Map.Entry<UUID, Instant>> BY_ASSIGNMENT =
            Map.Entry.<UUID, Instant>comparingByValue()
                    .thenComparing(assignment -> assignment.getKey().toString());

    private String title;
    private String description;
    private Priority priority;
    private TicketStatus status = TicketStatus.NEW;
    private int closedSeq;
    private int writtenSeq;

    private @Nullable Instant statusSince;

    private final Map<UUID, Instant> assigned = new LinkedHashMap<>();

    Seen(NewTicket start) {
        this.title = start.title();
        this.description = start.description();
        this.priority = start.priority();
    }

    public String title() {
        return title;
    }

    void title(String value) {
        title = value;
    }

    public String description() {
        return description;
    }

    void description(String value) {
        description = value;
    }

    public Priority priority() {
        return priority;
    }

    void priority(Priority value) {
        priority = value;
    }

    public TicketStatus status() {
        return status;
    }

    void status(TicketStatus value) {
        status = value;
    }

    /** The {@code seq} of the event that closed the ticket; 0 while it is not closed. */
    public int closedSeq() {
        return closedSeq;
    }

    void closedSeq(int value) {
        closedSeq = value;
    }

    /** When the status changed last; the ticket's opening if it never did. */
    public Instant statusSince(Instant opened) {
        return statusSince == null ? opened : statusSince;
    }

    void changedStatus(Instant at) {
        statusSince = at;
    }

    /** The {@code seq} of the last message or note; 0 if there is none. */
    public int writtenSeq() {
        return writtenSeq;
    }

    void writtenSeq(int value) {
        writtenSeq = value;
    }

    /** Who is assigned, and since when. */
    public Map<UUID, Instant> assigned() {
        return assigned;
    }

    /** Who is assigned, in the order of assignment. */
    public List<UUID> assignees() {
        return assigned.entrySet().stream()
                .sorted(BY_ASSIGNMENT)
                .map(Map.Entry::getKey)
                .toList();
    }
}
