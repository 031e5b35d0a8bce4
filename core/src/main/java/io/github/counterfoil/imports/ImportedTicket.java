package io.github.counterfoil.imports;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket from elsewhere: what it started with, and all that happened to it since. How it is now follows from these.
 */
public final class ImportedTicket implements AsJson {
    private final UUID id;
    private final NewTicket start;
    private final UUID customerId;
    private final UUID createdBy;
    private final Instant createdAt;
    private final List<TicketEvent> events;
    private final Optional<Long> number;
    private final List<Reference.Place> references;

    private ImportedTicket(
            UUID id,
            NewTicket start,
            UUID customerId,
            UUID createdBy,
            Instant createdAt,
            List<TicketEvent> events,
            Optional<Long> number,
            List<Reference.Place> references) {
        this.id = id;
        this.start = start;
        this.customerId = customerId;
        this.createdBy = createdBy;
        this.createdAt = createdAt;
        this.events = events;
        this.number = number;
        this.references = references;
    }

    /**
     * A ticket that its customer opened, and to which nothing has happened.
     *
     * @param id chosen by the importer so that importing again finds the same ticket
     * @param start what it had at its opening; any text that PostgreSQL can store will do, also one that the desks would refuse
     *     as blank, too long or not printable
     * @param createdAt in the years 1 to 9999; cut to microseconds
     */
    public static ImportedTicket of(UUID id, NewTicket start, UUID customerId, Instant createdAt) {
        return new ImportedTicket(id, start, customerId, customerId, createdAt, List.of(), Optional.empty(), List.of());
    }

    /** @param personId who opened it: a registered customer or worker */
    public ImportedTicket createdBy(UUID personId) {
        return new ImportedTicket(id, start, customerId, personId, createdAt, events, number, references);
    }

    /**
     * @param events in order: {@code seq} 1, 2, 3, …, times that never run backwards, and each old value the value that was
     *     there; of a public event, the one that was there for the staff or the one that its customer saw. What is private
     *     changes the ticket for the staff alone. One that has the name of a type that the service knows is held to that type's rules, whatever record it is
     */
    public ImportedTicket events(List<? extends TicketEvent> events) {
        return new ImportedTicket(
                id, start, customerId, createdBy, createdAt, Given.held("events", events), number, references);
    }

    /**
     * With the number that it had in the installation of Counterfoil that it comes from; what another system calls its number is none.
     * Without it the ticket gets one of its own, in the order in which tickets are given to the import. If another ticket has the
     * number, or had it and was purged, that is the fault {@code number.taken}; if the ticket is stored with another one already, {@code
     * number.diverged}. Tickets that are opened later get larger numbers.
     *
     * @param number 1 to a million millions
     */
    public ImportedTicket number(long number) {
        return new ImportedTicket(id, start, customerId, createdBy, createdAt, events, Optional.of(number), references);
    }

    /**
     * One id more that it has in another system, such as the number that it had there: on its opening, as one that {@link
     * NewTicket#reference} gives. It is its customer's if the customer opened it, and the staff's otherwise. Where it was given before to
     * another, it stays there, and the import remarks {@code reference.taken}.
     */
    public ImportedTicket reference(Reference reference) {
        return reference(reference, Optional.empty());
    }

    /**
     * As {@link #reference(Reference)}, but on an event. It is the customer's who is its author, if customers see the event, and the staff's
     * otherwise.
     *
     * @param eventId of one of the events; another is the fault {@code reference.unknown}
     */
    public ImportedTicket reference(Reference reference, UUID eventId) {
        return reference(reference, Optional.of(Given.value("event_id", eventId)));
    }

    private ImportedTicket reference(Reference reference, Optional<UUID> eventId) {
        List<Reference.Place> more = new ArrayList<>(references);
        more.add(new Reference.Place(Given.value("reference", reference), id, eventId));
        return new ImportedTicket(
                id, start, customerId, createdBy, createdAt, events, number, Collections.unmodifiableList(more));
    }

    public UUID id() {
        return id;
    }

    public NewTicket start() {
        return start;
    }

    public UUID customerId() {
        return customerId;
    }

    public UUID createdBy() {
        return createdBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Empty for one of its own. */
    public Optional<Long> number() {
        return number;
    }

    /** In the order in which they were given; without that of what it started with. May be empty. */
    public List<Reference.Place> references() {
        return references;
    }

    /** May be empty. */
    public List<TicketEvent> events() {
        return events;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("id", id)
                .putAny("start", start)
                .putAny("customer_id", customerId)
                .putAny("created_by", createdBy)
                .putAny("created_at", createdAt)
                .putAny("events", events)
                .putAny("number", number)
                .putAny("references", references)
                .text());
    }

    /**
     * What {@link #json()} gave. It is no ticket's document: {@code Documents.importTickets} takes those.
     *
     * @throws InvalidInput if it is anything else
     */
    public static ImportedTicket fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        UUID ticket = fields.id("id");
        return fields.done(new ImportedTicket(
                ticket,
                fields.required("start", NewTicket::fromJson),
                fields.id("customer_id"),
                fields.id("created_by"),
                fields.moment("created_at"),
                Given.held("events", fields.each("events", TicketEvent::fromJson)),
                Optional.ofNullable(fields.optionalNumber("number")),
                Given.held("references", fields.each("references", place -> place(ticket, place)))));
    }

    private static Reference.Place place(UUID ticket, JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        UUID of = fields.id("ticket_id");
        fields.require();
        if (!of.equals(ticket)) {
            fields.add("ticket_id", "mismatch");
        }
        return fields.done(new Reference.Place(
                fields.required("reference", Reference::fromJson),
                of,
                Optional.ofNullable(fields.optionalId("event_id"))));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImportedTicket that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(id, start, customerId, createdBy, createdAt, events, number, references);
    }

    @Override
    public String toString() {
        return "ImportedTicket[" + id + ", " + events.size() + " events]";
    }
}
