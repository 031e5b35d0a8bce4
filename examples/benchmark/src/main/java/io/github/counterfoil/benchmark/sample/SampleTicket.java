package io.github.counterfoil.benchmark.sample;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ticket with its whole history, as it would come from elsewhere. */
public record SampleTicket(
        UUID id, String title, String description, Person customer, Instant createdAt, List<SampleEvent> events) {

    /** What the last change of it left. */
    public Status status() {
        Status status = Status.NEW;
        for (SampleEvent event : events) {
            if (event.change() instanceof Change.StatusUpdate update) {
                status = update.to();
            }
        }
        return status;
    }

    /** Null if nobody is assigned. */
    public @Nullable Person assignee() {
        Person assignee = null;
        for (SampleEvent event : events) {
            if (event.change() instanceof Change.AssignmentAdded added) {
                assignee = added.agent();
            }
        }
        return assignee;
    }

    public Instant updatedAt() {
        return events.isEmpty() ? createdAt : events.get(events.size() - 1).createdAt();
    }
}
