package io.github.counterfoil.leaks;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Three customers, three agents and what they do all day, with a canary in every text. */
final class SupportLife {
    private static final int MAX_TICKETS = 40;

    private final TicketService tickets;
    private final Random random;
    private final Canaries canaries;
    private final AgentDisplay display;
    private final List<CustomEventType> eventTypes;
    private final Supplier<UUID> users;
    private final List<UUID> customers = new ArrayList<>();
    private final List<UUID> agents = new ArrayList<>();
    private final List<UUID> ticketIds = new ArrayList<>();
    private final Map<UUID, UUID> owners = new HashMap<>();
    private final Map<UUID, Set<UUID>> everOwned = new HashMap<>();
    private final Map<UUID, List<String>> fieldNames = new HashMap<>();

    SupportLife(
            TicketService tickets,
            Random random,
            Canaries canaries,
            AgentDisplay display,
            List<CustomEventType> eventTypes,
            @Nullable Supplier<UUID> users) {
        this.tickets = tickets;
        this.random = random;
        this.canaries = canaries;
        this.display = display;
        this.eventTypes = eventTypes;
        this.users = users == null ? this::uuid : users;
    }

    List<UUID> customers() {
        return customers;
    }

    List<UUID> tickets() {
        return ticketIds;
    }

    UUID owner(UUID ticketId) {
        return Objects.requireNonNull(owners.get(ticketId));
    }

    void begin() {
        for (int i = 0; i < 3; i++) {
            UUID id = users.get();
            tickets.people()
                    .registerCustomer(NewCustomer.of(
                            id,
                            canaries.plant("the e-mail of a customer", id::equals) + "@example.com",
                            canaries.plant("the name of a customer", reader -> mayHaveWrittenTo(id, reader)),
                            canaries.plant("the name of a customer", reader -> mayHaveWrittenTo(id, reader))));
            customers.add(id);
        }
        boolean first = display.form() != AgentDisplay.Form.TEAM;
        boolean last = display.form() == AgentDisplay.Form.FULL_NAME;
        for (int i = 0; i < 3; i++) {
            UUID id = users.get();
            tickets.people()
                    .registerWorker(NewWorker.of(
                                    id,
                                    canaries.secret("the e-mail of an agent") + "@example.com",
                                    canaries.plant("the first name of an agent", reader -> first),
                                    canaries.plant("the last name of an agent", reader -> last))
                            .skills(canaries.secret("a skill of an agent"))
                            .metrics(JsonValue.ofObject(
                                    Map.of("m", JsonValue.of(canaries.secret("a metric of an agent"))))));
            agents.add(id);
        }
        for (UUID customerId : customers) {
            oneOfEverything(customerId, open(customerId), tickets.agent(any(agents)));
            openForCustomer(customerId, any(agents));
            importOne(customerId, any(agents));
        }
    }

    /** Whatever is opened to others shows something, however short a run is and whatever chance does in it. */
    private void oneOfEverything(UUID customerId, UUID ticketId, AgentDesk agent) {
        setField(ticketId, agent);
        agent.on(ticketId).tag(canaries.secret("a tag"));
        eventTypes.forEach(type -> record(ticketId, agent, type));
        agent.on(ticketId).assign(any(agents));
        agent.on(ticketId).reply("Hello: " + ofTicket("an agent's reply", ticketId));
        CustomerDesk customer = tickets.customer(customerId);
        customer.on(ticketId).reply("Please: " + ofTicket("a customer's message", ticketId));
        agent.on(ticketId).close();
        customer.on(ticketId).rate(1 + random.nextInt(5), ofTicket("a customer's feedback", ticketId));
    }

    /** Does one thing, anything. */
    void goOn() {
        UUID ticketId = ticketIds.get(random.nextInt(ticketIds.size()));
        try {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> somethingPrivate(ticketId, tickets.agent(any(agents)));
                case 4, 5, 6 -> somethingPublic(ticketId, tickets.agent(any(agents)));
                case 7, 8 -> somethingOfTheCustomer(ticketId);
                default -> somethingRare(ticketId);
            }
        } catch (CounterfoilException e) {
            // Not possible as the ticket is now; the next thing may be.
        }
    }

    private void somethingPrivate(UUID ticketId, AgentDesk agent) {
        switch (random.nextInt(6)) {
            case 0, 1 -> agent.on(ticketId).note("Between us: " + canaries.secret("a note"));
            case 2 -> setField(ticketId, agent);
            case 3 -> {
                List<String> names = fieldNames.getOrDefault(ticketId, List.of("none"));
                agent.on(ticketId).removeField(any(names));
            }
            case 4 -> agent.on(ticketId).tag(canaries.secret("a tag"));
            default -> record(ticketId, agent, Visibility.PRIVATE);
        }
    }

    private void somethingPublic(UUID ticketId, AgentDesk agent) {
        switch (random.nextInt(9)) {
            case 0, 1 -> agent.on(ticketId).reply("Hello: " + ofTicket("an agent's reply", ticketId));
            case 2 -> agent.on(ticketId).assign(any(agents));
            case 3 -> agent.on(ticketId).unassign(any(agents));
            case 4 -> agent.on(ticketId).changeStatus(random.nextBoolean() ? TicketStatus.PENDING : TicketStatus.OPEN);
            case 5 -> agent.on(ticketId).close();
            case 6 -> agent.on(ticketId).changePriority(Priority.values()[random.nextInt(3)]);
            case 7 -> {
                agent.on(ticketId).changeTitle("T " + ofTicket("a title", ticketId));
                agent.on(ticketId).changeDescription("D " + ofTicket("a description", ticketId));
            }
            default -> record(ticketId, agent, Visibility.PUBLIC);
        }
    }

    private void somethingOfTheCustomer(UUID ticketId) {
        UUID customerId = owner(ticketId);
        CustomerDesk customer = tickets.customer(customerId);
        switch (random.nextInt(5)) {
            case 0, 1 -> customer.on(ticketId).reply("Please: " + ofTicket("a customer's message", ticketId));
            case 2 -> {
                tickets.agent(any(agents)).on(ticketId).close();
                customer.on(ticketId).rate(1 + random.nextInt(5), ofTicket("a customer's feedback", ticketId));
            }
            case 3 -> customer.on(ticketId).reopen();
            default -> {
                if (ticketIds.size() < MAX_TICKETS) {
                    open(any(customers));
                }
            }
        }
    }

    private void somethingRare(UUID ticketId) {
        switch (random.nextInt(5)) {
            case 0 -> {
                UUID next = any(customers);
                tickets.agent(any(agents)).on(ticketId).moveToCustomer(next);
                owners.put(ticketId, next);
                ownersEver(ticketId).add(next);
            }
            case 1 -> {
                UUID id = any(customers);
                tickets.people()
                        .updateCustomer(
                                id,
                                Customer.Changes.none()
                                        .email(canaries.plant("the e-mail of a customer", id::equals)
                                                + "@example.com"));
            }
            case 2 ->
                tickets.people()
                        .updateWorker(
                                any(agents),
                                Worker.Changes.none()
                                        .email(canaries.secret("the e-mail of an agent") + "@example.com"));
            case 3 -> importOne(any(customers), any(agents));
            default -> openForCustomer(any(customers), any(agents));
        }
    }

    private void setField(UUID ticketId, AgentDesk agent) {
        String name = canaries.secret("the name of a custom field");
        fieldNames.computeIfAbsent(ticketId, id -> new ArrayList<>()).add(name);
        agent.on(ticketId).setField(name, JsonValue.of(canaries.secret("the value of a custom field")));
    }

    private void record(UUID ticketId, AgentDesk agent, Visibility visibility) {
        List<CustomEventType> types = eventTypes.stream()
                .filter(type -> type.visibility() == visibility)
                .toList();
        if (!types.isEmpty()) {
            record(ticketId, agent, any(types));
        }
    }

    private void record(UUID ticketId, AgentDesk agent, CustomEventType type) {
        String token = type.visibility() == Visibility.PUBLIC
                ? ofTicket("an event of a public type", ticketId)
                : canaries.secret("an event of a private type");
        agent.on(ticketId).record(type, JsonValue.ofObject(Map.of("text", JsonValue.of(token))));
    }

    private UUID open(UUID customerId) {
        UUID[] id = new UUID[1];
        NewTicket ticket = NewTicket.of(ofOpening("a title", id), "It " + ofOpening("a description", id));
        id[0] = tickets.customer(customerId).open(ticket, uuid()).id();
        add(id[0], customerId);
        return id[0];
    }

    private void openForCustomer(UUID customerId, UUID agentId) {
        UUID[] id = new UUID[1];
        NewTicket ticket = NewTicket.of(ofOpening("a title", id), "It " + ofOpening("a description", id))
                .tags(canaries.secret("a tag"))
                .field("from_the_start", JsonValue.of(canaries.secret("the value of a custom field")));
        id[0] = tickets.agent(agentId).open(customerId, ticket, uuid()).id();
        add(id[0], customerId);
    }

    /** Events that say they are public, of types that are not. */
    private void importOne(UUID customerId, UUID agentId) {
        UUID[] id = {uuid()};
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Author author = new Author(
                agentId,
                canaries.plant("the first name of an agent", reader -> display.form() != AgentDisplay.Form.TEAM),
                canaries.plant("the last name of an agent", reader -> display.form() == AgentDisplay.Form.FULL_NAME),
                Role.AGENT);
        TicketEvent.Header first = new TicketEvent.Header(uuid(), id[0], 1, at, author, Visibility.PUBLIC);
        TicketEvent.Header second = new TicketEvent.Header(uuid(), id[0], 2, at, author, Visibility.PUBLIC);
        TicketEvent.Header third = new TicketEvent.Header(uuid(), id[0], 3, at, author, Visibility.PRIVATE);
        tickets.imports()
                .run(List.of(ImportedTicket.of(
                                        id[0],
                                        NewTicket.of(ofOpening("a title", id), "It " + ofOpening("a description", id)),
                                        customerId,
                                        at)
                                .events(List.of(
                                        new TicketEvent.UnknownEvent(
                                                first,
                                                "never-registered",
                                                JsonValue.ofObject(Map.of(
                                                        "text",
                                                        JsonValue.of(canaries.secret("an event of unknown type"))))),
                                        new TicketEvent.TagAdded(second, canaries.secret("a tag")),
                                        new TicketEvent.Message(
                                                third, canaries.secret("a private message"), List.of()))))
                        .iterator());
        add(id[0], customerId);
    }

    private void add(UUID ticketId, UUID customerId) {
        owners.put(ticketId, customerId);
        everOwned.put(ticketId, new HashSet<>(Set.of(customerId)));
        ticketIds.add(ticketId);
        // So that every ticket has something to hide, from its customer and from the others, whichever is asked for.
        AgentHandle ticket = tickets.agent(any(agents)).on(ticketId);
        ticket.note("Between us: " + canaries.secret("a note"));
        ticket.reply("Hello: " + ofTicket("an agent's reply", ticketId));
    }

    /** A token that whoever the ticket belongs to may see, when it is seen. */
    private String ofTicket(String what, UUID ticketId) {
        return ofOpening(what, new UUID[] {ticketId});
    }

    private String ofOpening(String what, UUID[] ticketId) {
        return canaries.plant(what + " of another customer's ticket", reader -> reader.equals(owners.get(ticketId[0])));
    }

    /** A ticket that was moved tells its new customer the names of those whose it was. */
    private boolean mayHaveWrittenTo(UUID customerId, UUID reader) {
        return customerId.equals(reader)
                || ticketIds.stream()
                        .filter(ticketId -> reader.equals(owners.get(ticketId)))
                        .anyMatch(ticketId -> ownersEver(ticketId).contains(customerId));
    }

    private Set<UUID> ownersEver(UUID ticketId) {
        return Objects.requireNonNull(everOwned.get(ticketId));
    }

    private UUID uuid() {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
