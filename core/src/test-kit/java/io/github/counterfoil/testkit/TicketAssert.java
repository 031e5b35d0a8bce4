package io.github.counterfoil.testkit;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What a ticket is, as it was stored when it was asked for. Each failure is an {@link AssertionError} that tells what was expected and what is. */
public final class TicketAssert {
    private final TicketService tickets;
    private final UUID id;
    private final Map<String, JsonValue> ticket;
    private final List<Map<String, JsonValue>> events;

    private TicketAssert(TicketService tickets, UUID id, Map<String, JsonValue> ticket) {
        this.tickets = tickets;
        this.id = id;
        this.ticket = ticket;
        this.events = member(member(ticket, "ticket_history").members(), "events").elements().stream()
                .map(JsonValue::members)
                .toList();
    }

    /** Reads the ticket's document, as which nobody has to be registered. */
    static TicketAssert of(TicketService tickets, UUID ticketId) {
        JsonValue document = tickets.documents()
                .ticket(ticketId)
                .orElseThrow(() -> new AssertionError("there is no ticket " + ticketId));
        return new TicketAssert(tickets, ticketId, document.members());
    }

    private static JsonValue member(Map<String, JsonValue> of, String name) {
        JsonValue value = of.get(name);
        return value == null ? JsonValue.ofNull() : value;
    }

    private String text(String name) {
        return member(ticket, name).string();
    }

    public TicketAssert hasTitle(String title) {
        return require("title", title, text("title"));
    }

    public TicketAssert hasStatus(TicketStatus status) {
        return require("status", status.wireName(), text("status"));
    }

    public TicketAssert hasPriority(Priority priority) {
        return require("priority", priority.wireName(), text("priority"));
    }

    public TicketAssert isOf(UUID customerId) {
        return require("customer", customerId, customer());
    }

    private UUID customer() {
        return tickets.people()
                .customerByEmail(text("customer_email"))
                .orElseThrow()
                .id();
    }

    /** To these and nobody else. */
    public TicketAssert isAssignedTo(UUID... workerIds) {
        Set<UUID> assigned = new TreeSet<>();
        member(ticket, "assigned_to")
                .elements()
                .forEach(worker -> assigned.add(
                        UUID.fromString(member(worker.members(), "id").string())));
        return require("assignees", new TreeSet<>(List.of(workerIds)), assigned);
    }

    public TicketAssert isUnassigned() {
        return isAssignedTo();
    }

    /** These and no others, in any order. */
    public TicketAssert hasTags(String... tags) {
        return require(
                "tags",
                new TreeSet<>(List.of(tags)),
                new TreeSet<>(member(ticket, "tags").elements().stream()
                        .map(JsonValue::string)
                        .toList()));
    }

    public TicketAssert hasField(String name, JsonValue value) {
        JsonValue found = member(ticket, "custom_fields").members().get(name);
        return require("custom field " + name, value.text(), found == null ? "missing" : found.text());
    }

    /** The types of all its events, private ones too, from the first to the last. */
    public TicketAssert happened(String... types) {
        return require(
                "events",
                List.of(types),
                events.stream().map(event -> member(event, "type").string()).toList());
    }

    /** A message of exactly this text. */
    public TicketAssert hasMessage(String text) {
        return holds("message", text, "message");
    }

    /** A note of exactly this text. */
    public TicketAssert hasNote(String text) {
        return holds("note", text, "note-added");
    }

    private TicketAssert holds(String what, String text, String type) {
        List<String> found = events.stream()
                .filter(event -> member(event, "type").string().equals(type))
                .map(event -> member(event, "content").string())
                .toList();
        if (!found.contains(text)) {
            throw new AssertionError("ticket " + id + ": expected a " + what + " <" + text + ">, found " + found);
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
        CustomerHandle desk = tickets.customer(customer()).on(id);
        boolean seen = stands(text, desk.ticket().json());
        PageRequest request = PageRequest.oldestFirst(200);
        Page<CustomerEvent> page = desk.history(request);
        seen |= stands(text, page);
        while (!seen && page.next().isPresent()) {
            page = desk.history(request.after(page.next().get()));
            seen = stands(text, page);
        }
        if (seen != expected) {
            throw new AssertionError("ticket " + id + ": expected that the customer "
                    + (expected ? "sees <" : "does not see <") + text + ">");
        }
        return this;
    }

    private static boolean stands(String text, Page<CustomerEvent> page) {
        return page.items().stream().anyMatch(event -> stands(text, event.json()));
    }

    private static boolean stands(String text, JsonValue json) {
        return switch (json.kind()) {
            case STRING -> json.string().contains(text);
            case ARRAY -> json.elements().stream().anyMatch(element -> stands(text, element));
            case OBJECT -> json.members().values().stream().anyMatch(value -> stands(text, value));
            default -> json.text().contains(text);
        };
    }

    private TicketAssert require(String what, Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(
                    "ticket " + id + ": expected " + what + " <" + expected + ">, found <" + found + ">");
        }
        return this;
    }
}
