package io.github.counterfoil.leaks;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What customers and agents do all day, with a canary in every text. */
final class SupportLife {
    private static final int MAX_TICKETS = 40;

    private final TicketService tickets;
    private final Random random;
    private final Canaries canaries;
    private final Cast cast;
    private final ImportedTickets imported;
    private final List<CustomEventType> eventTypes;
    private final List<UUID> ticketIds = new ArrayList<>();
    private final Set<UUID> numbered = new HashSet<>();
    private final Map<UUID, List<String>> fieldNames = new HashMap<>();

    SupportLife(TicketService tickets, Random random, Canaries canaries, Cast cast, List<CustomEventType> eventTypes) {
        this.tickets = tickets;
        this.random = random;
        this.canaries = canaries;
        this.cast = cast;
        this.imported = new ImportedTickets(tickets, random, canaries, cast);
        this.eventTypes = eventTypes;
    }

    static UUID uuid(Random random) {
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & ~(3L << 62) | 1L << 63);
    }

    List<UUID> tickets() {
        return ticketIds;
    }

    /** Whether the ticket's version on the staff's side is a canary. */
    boolean isNumbered(UUID ticketId) {
        return numbered.contains(ticketId);
    }

    int version(UUID ticketId) {
        return tickets.agent(cast.agent()).on(ticketId).ticket().version();
    }

    /** Changes the version on the staff's side alone. */
    void moveVersion(UUID ticketId) {
        for (int i = 0; i < 3; i++) {
            cast.behind().on(ticketId).note("This changes nothing that customers see.");
        }
    }

    void begin() {
        for (UUID customerId : cast.customers()) {
            oneOfEverything(customerId, open(customerId), tickets.agent(cast.agent()));
            openForCustomer(customerId);
            importOne(customerId);
        }
        // What is answered to one customer of the staff's version is answered to each.
        UUID id = uuid(random);
        imported.withManyNotes(id, cast.customers().get(0));
        numbered.add(id);
        ticketIds.add(id);
    }

    /** Whatever is opened to others shows something, however short a run is and whatever chance does in it. */
    private void oneOfEverything(UUID customerId, UUID ticketId, AgentDesk agent) {
        setField(ticketId);
        agent.on(ticketId).tag(canaries.secret("a tag"));
        eventTypes.forEach(type -> record(ticketId, agent, type));
        agent.on(ticketId).assign(cast.agent());
        agent.on(ticketId).reply(ofTicket("an agent's reply", ticketId), attachments(ticketId, cast.agent()));
        uploadIfKept(ticketId, agent);
        CustomerDesk customer = tickets.customer(customerId);
        customer.on(ticketId)
                .reply(written("a customer's message", ticketId, customerId), attachments(ticketId, customerId));
        UUID participant = cast.anotherThan(customerId);
        cast.takesPart(ticketId, participant);
        agent.on(ticketId).addParticipant(participant, Participants.Kind.COPY);
        tickets.customer(participant)
                .on(ticketId)
                .reply(
                        written("a message of who is in copy", ticketId, participant),
                        attachments(ticketId, participant));
        agent.on(ticketId).close();
        customer.on(ticketId).rate(1 + random.nextInt(5), written("a customer's feedback", ticketId, customerId));
    }

    private void uploadIfKept(UUID ticketId, AgentDesk agent) {
        try {
            upload(ticketId, agent);
        } catch (InvalidInput e) {
            // The service keeps no files.
        }
    }

    /** One that no reply names, and one that those see who see the ticket. */
    private void upload(UUID ticketId, AgentDesk agent) {
        Attachments files = agent.on(ticketId).attachments();
        files.add(
                canaries.secret("the name of a file that no reply names"),
                "text/plain",
                bytes(canaries.secret("what is in a file that no reply names")));
        UUID file = files.add(
                        ofTicket("the name of a file", ticketId),
                        "text/plain",
                        bytes(ofTicket("what is in a file", ticketId)))
                .id();
        agent.on(ticketId)
                .apply(Command.reply(ofTicket("an agent's reply", ticketId)).with(List.of(file)));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Does one thing, anything. */
    void goOn() {
        UUID ticketId = ticketIds.get(random.nextInt(ticketIds.size()));
        try {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> somethingPrivate(ticketId, cast.behind());
                case 4, 5, 6 -> somethingPublic(ticketId, tickets.agent(cast.agent()));
                case 7, 8 -> somethingOfTheCustomer(ticketId);
                default -> somethingRare(ticketId);
            }
        } catch (CounterfoilException e) {
            // Not possible as the ticket is now; the next thing may be.
        }
    }

    private void somethingPrivate(UUID ticketId, AgentDesk agent) {
        switch (random.nextInt(8)) {
            case 6 -> agent.on(ticketId).follow();
            case 7 -> upload(ticketId, tickets.agent(cast.agent()));
            case 0, 1 -> note(ticketId, agent);
            case 2 -> setField(ticketId);
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
            case 0, 1 ->
                agent.on(ticketId).reply(ofTicket("an agent's reply", ticketId), attachments(ticketId, cast.agent()));
            case 2 -> agent.on(ticketId).assign(cast.agent());
            case 3 -> agent.on(ticketId).unassign(cast.agent());
            case 4 -> agent.on(ticketId).changeStatus(random.nextBoolean() ? TicketStatus.PENDING : TicketStatus.OPEN);
            case 5 -> agent.on(ticketId).close();
            case 6 -> agent.on(ticketId).changePriority(Priority.values()[random.nextInt(3)]);
            case 7 -> {
                agent.on(ticketId).changeTitle(ofTicket("a title", ticketId));
                agent.on(ticketId).changeDescription(ofTicket("a description", ticketId));
            }
            default -> record(ticketId, agent, Visibility.PUBLIC);
        }
    }

    private void somethingOfTheCustomer(UUID ticketId) {
        UUID customerId = cast.writer(ticketId);
        CustomerDesk customer = tickets.customer(customerId);
        switch (random.nextInt(5)) {
            case 0, 1 ->
                customer.on(ticketId)
                        .reply(
                                written("a customer's message", ticketId, customerId),
                                attachments(ticketId, customerId));
            case 2 -> {
                tickets.agent(cast.agent()).on(ticketId).close();
                customer.on(ticketId)
                        .rate(1 + random.nextInt(5), written("a customer's feedback", ticketId, customerId));
            }
            case 3 -> customer.on(ticketId).reopen();
            default -> {
                if (ticketIds.size() < MAX_TICKETS) {
                    open(cast.customer());
                }
            }
        }
    }

    private void somethingRare(UUID ticketId) {
        switch (random.nextInt(8)) {
            case 5, 6 -> {
                UUID participant = cast.customer();
                cast.takesPart(ticketId, participant);
                cast.behind().on(ticketId).addParticipant(participant, any(List.of(Participants.Kind.values())));
            }
            case 7 -> {
                UUID participant = cast.customer();
                cast.behind().on(ticketId).removeParticipant(participant);
                cast.takesPartNoMore(ticketId, participant);
            }
            case 0 -> {
                UUID next = cast.customer();
                tickets.agent(cast.agent()).on(ticketId).moveToCustomer(next);
                cast.own(ticketId, next);
            }
            case 1 -> cast.changeEmailOfCustomer();
            case 2 -> cast.changeEmailOfAgent();
            case 3 -> importOne(cast.customer());
            default -> openForCustomer(cast.customer());
        }
    }

    private void note(UUID ticketId, AgentDesk agent) {
        agent.on(ticketId)
                .once(new Reference("mail", canaries.secret("the reference of a note")))
                .note(Canaries.text(canaries.secret("a note")))
                .events()
                .forEach(event -> canaries.plant(event.id(), "the id of a private event", reader -> false));
    }

    private void setField(UUID ticketId) {
        String name = canaries.secret("the name of a custom field");
        fieldNames.computeIfAbsent(ticketId, id -> new ArrayList<>()).add(name);
        cast.behind()
                .on(ticketId)
                .setField(name, JsonValue.of(Canaries.text(canaries.secret("the value of a custom field"))));
    }

    /** None, or one of which only a part is the customer's to see. */
    private List<JsonValue> attachments(UUID ticketId, UUID writer) {
        if (random.nextBoolean()) {
            return List.of();
        }
        return List.of(Command.attachment(
                member("name", written("an attachment", ticketId, writer)),
                member("place", Canaries.text(canaries.secret("the private part of an attachment")))));
    }

    private static JsonValue member(String name, String text) {
        return JsonValue.ofObject(Map.of(name, JsonValue.of(text)));
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
        Map<String, JsonValue> body = new TreeMap<>();
        if (type.visibility() == Visibility.PRIVATE) {
            body.put("text", JsonValue.of(Canaries.text(canaries.secret("an event of a private type"))));
        } else {
            Set<String> shown = type.showsWholeBody() ? Set.of("text") : type.shownMembers();
            shown.forEach(name -> body.put(name, JsonValue.of(ofTicket("an event of a public type", ticketId))));
            if (!type.showsWholeBody()) {
                body.put(
                        canaries.secret("the name of a member that is not shown"),
                        JsonValue.of(Canaries.text(canaries.secret("a member that is not shown"))));
            }
        }
        agent.on(ticketId).record(type, JsonValue.ofObject(body));
    }

    private UUID open(UUID customerId) {
        UUID[] id = new UUID[1];
        id[0] = tickets.customer(customerId).open(newTicket(id), uuid(random)).id();
        return add(id[0], customerId);
    }

    private void openForCustomer(UUID customerId) {
        UUID[] id = new UUID[1];
        NewTicket ticket = newTicket(id)
                .tags(canaries.secret("a tag"))
                .field("from_the_start", JsonValue.of(Canaries.text(canaries.secret("the value of a custom field"))));
        id[0] = tickets.agent(cast.agent())
                .open(customerId, ticket, uuid(random))
                .id();
        add(id[0], customerId);
    }

    private NewTicket newTicket(UUID[] id) {
        return NewTicket.of(
                Canaries.text(cast.ofTicket("a title", () -> id[0])),
                Canaries.text(cast.ofTicket("a description", () -> id[0])));
    }

    private void importOne(UUID customerId) {
        UUID id = uuid(random);
        imported.withPrivateTypes(id, customerId);
        add(id, customerId);
    }

    private UUID add(UUID ticketId, UUID customerId) {
        cast.own(ticketId, customerId);
        ticketIds.add(ticketId);
        // So that every ticket has something to hide, from its customer and from the others, whichever is asked for.
        note(ticketId, cast.behind());
        tickets.agent(cast.agent())
                .on(ticketId)
                .reply(ofTicket("an agent's reply", ticketId), attachments(ticketId, cast.agent()));
        return ticketId;
    }

    private String ofTicket(String what, UUID ticketId) {
        return Canaries.text(cast.ofTicket(what, () -> ticketId));
    }

    /** Who wrote it may have it, whether they see the ticket or not. */
    private String written(String what, UUID ticketId, UUID writer) {
        return Canaries.text(cast.written(what, ticketId, writer));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
