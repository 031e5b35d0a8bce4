package io.github.counterfoil.testkit;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** What a ticket is, as it was stored when it was asked for. Each failure is an {@link AssertionError} that tells what was expected and what is. */
public final class TicketAssert {
    private final TicketService tickets;
    private final Ticket ticket;
    private final List<TicketEvent> events;

    private TicketAssert(TicketService tickets, Ticket ticket, List<TicketEvent> events) {
        this.tickets = tickets;
        this.ticket = ticket;
        this.events = events;
    }

    static TicketAssert of(TicketService tickets, UUID reader, UUID ticketId) {
        Ticket ticket = tickets.agent(reader)
                .on(ticketId)
                .findTicket()
                .orElseThrow(() -> new AssertionError("there is no ticket " + ticketId));
        return new TicketAssert(
                tickets, ticket, all(page -> tickets.agent(reader).on(ticketId).history(page)));
    }

    private static <T> List<T> all(Function<PageRequest, Page<T>> pages) {
        List<T> all = new ArrayList<>();
        PageRequest request = PageRequest.oldestFirst(200);
        Page<T> page = pages.apply(request);
        all.addAll(page.items());
        while (page.next().isPresent()) {
            page = pages.apply(request.after(page.next().get()));
            all.addAll(page.items());
        }
        return all;
    }

    public TicketAssert hasTitle(String title) {
        return require("title", title, ticket.title());
    }

    public TicketAssert hasStatus(TicketStatus status) {
        return require("status", status, ticket.status());
    }

    public TicketAssert hasPriority(Priority priority) {
        return require("priority", priority, ticket.priority());
    }

    public TicketAssert isOf(UUID customerId) {
        return require("customer", customerId, ticket.customerId());
    }

    /** To these and nobody else. */
    public TicketAssert isAssignedTo(UUID... workerIds) {
        Set<UUID> assigned = new TreeSet<>();
        ticket.assignedTo().forEach(assignee -> assigned.add(assignee.id()));
        return require("assignees", new TreeSet<>(List.of(workerIds)), assigned);
    }

    public TicketAssert isUnassigned() {
        return isAssignedTo();
    }

    /** These and no others, in any order. */
    public TicketAssert hasTags(String... tags) {
        return require("tags", new TreeSet<>(List.of(tags)), new TreeSet<>(ticket.tags()));
    }

    public TicketAssert hasField(String name, JsonValue value) {
        JsonValue found = ticket.customFields().get(name);
        return require("custom field " + name, value.text(), found == null ? "missing" : found.text());
    }

    /** The types of all its events, private ones too, from the first to the last. */
    public TicketAssert happened(String... types) {
        return require(
                "events", List.of(types), events.stream().map(TicketEvent::type).toList());
    }

    /** A message that the customer sees, of exactly this text. */
    public TicketAssert hasMessage(String text) {
        return holds("message", text, TicketEvent.Message.class, TicketEvent.Message::content);
    }

    /** A note of exactly this text. */
    public TicketAssert hasNote(String text) {
        return holds("note", text, TicketEvent.NoteAdded.class, TicketEvent.NoteAdded::content);
    }

    private <E extends TicketEvent> TicketAssert holds(
            String what, String text, Class<E> type, Function<E, String> content) {
        List<String> found = events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(content)
                .toList();
        if (!found.contains(text)) {
            throw new AssertionError(
                    "ticket " + ticket.id() + ": expected a " + what + " <" + text + ">, found " + found);
        }
        return this;
    }

    /** Whether the text stands in what the ticket's customer reads of it: the ticket and every event, names and attachments too. */
    public TicketAssert customerSees(String text) {
        return shows(text, true);
    }

    /** The opposite; the leak kit looks at what the host's own functions answer. */
    public TicketAssert customerDoesNotSee(String text) {
        return shows(text, false);
    }

    private TicketAssert shows(String text, boolean expected) {
        var desk = tickets.customer(ticket.customerId()).on(ticket.id());
        // As JSON writes it: a text of several lines stands there too.
        String written = JsonValue.of(text).text();
        String inside = written.substring(1, written.length() - 1);
        boolean seen = desk.ticket().json().text().contains(inside)
                || all(desk::history).stream()
                        .anyMatch(event -> event.json().text().contains(inside));
        if (seen != expected) {
            throw new AssertionError("ticket " + ticket.id() + ": expected that the customer "
                    + (expected ? "sees <" : "does not see <") + text + ">");
        }
        return this;
    }

    private TicketAssert require(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(
                    "ticket " + ticket.id() + ": expected " + what + " <" + expected + ">, found <" + found + ">");
        }
        return this;
    }
}
