package io.github.counterfoil.leaks;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
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

/** Three customers, three agents and one who writes nothing but notes, whose ticket is whose, and who takes part in it. */
final class Cast {
    private final TicketService tickets;
    private final Random random;
    private final Canaries canaries;
    private final boolean firstNames;
    private final boolean lastNames;
    private final List<UUID> customers = new ArrayList<>();
    private final List<UUID> agents = new ArrayList<>();
    private UUID backOffice = new UUID(0, 0);
    private final Map<UUID, UUID> owners = new HashMap<>();
    private final Map<UUID, Set<UUID>> participants = new HashMap<>();
    /** By ticket, who may have written in it. */
    private final Map<UUID, Set<UUID>> everThere = new HashMap<>();

    Cast(TicketService tickets, Random random, Canaries canaries, AgentDisplay display) {
        this.tickets = tickets;
        this.random = random;
        this.canaries = canaries;
        this.firstNames = display.form() != AgentDisplay.Form.TEAM;
        this.lastNames = display.form() == AgentDisplay.Form.FULL_NAME;
    }

    /** @param users gives the id of each */
    void register(Supplier<UUID> users) {
        for (int i = 0; i < 3; i++) {
            customers.add(registerCustomer(users.get()));
        }
        for (int i = 0; i < 3; i++) {
            agents.add(registerAgent(users.get(), firstName(), lastName()));
        }
        String unseen = "the name of an agent who writes only notes";
        backOffice = registerAgent(users.get(), canaries.secret(unseen), canaries.secret(unseen));
    }

    private UUID registerCustomer(UUID id) {
        tickets.people()
                .registerCustomer(NewCustomer.of(
                        id,
                        canaries.plant("the e-mail of a customer", id::equals) + "@example.com",
                        canaries.plant("the name of a customer", reader -> mayHaveWrittenTo(id, reader)),
                        canaries.plant("the name of a customer", reader -> mayHaveWrittenTo(id, reader))));
        canaries.plant(id, "the id of another customer", id::equals);
        return id;
    }

    private UUID registerAgent(UUID id, String firstName, String lastName) {
        tickets.people()
                .registerWorker(NewWorker.of(
                                id, canaries.secret("the e-mail of an agent") + "@example.com", firstName, lastName)
                        .skills(canaries.secret("a skill of an agent"))
                        .metrics(JsonValue.ofObject(
                                Map.of("m", JsonValue.of(canaries.secret("a metric of an agent"))))));
        canaries.plant(id, "the id of an agent", reader -> false);
        return id;
    }

    String firstName() {
        return canaries.plant("the first name of an agent", reader -> firstNames);
    }

    String lastName() {
        return canaries.plant("the last name of an agent", reader -> lastNames);
    }

    List<UUID> customers() {
        return customers;
    }

    UUID customer() {
        return any(customers);
    }

    UUID agent() {
        return any(agents);
    }

    /** Whoever does what customers see nothing of. */
    AgentDesk behind() {
        return tickets.agent(random.nextBoolean() ? backOffice : agent());
    }

    void changeEmailOfCustomer() {
        UUID id = customer();
        tickets.people()
                .updateCustomer(
                        id,
                        Customer.Changes.none()
                                .email(canaries.plant("the e-mail of a customer", id::equals) + "@example.com"));
    }

    void changeEmailOfAgent() {
        tickets.people()
                .updateWorker(
                        agent(),
                        Worker.Changes.none().email(canaries.secret("the e-mail of an agent") + "@example.com"));
    }

    /** Whose the ticket is from now on. */
    void own(UUID ticketId, UUID customerId) {
        owners.put(ticketId, customerId);
        takesPartNoMore(ticketId, customerId);
        everThere.computeIfAbsent(ticketId, id -> new HashSet<>()).add(customerId);
    }

    void takesPart(UUID ticketId, UUID customerId) {
        if (!owns(customerId, ticketId)) {
            participants.computeIfAbsent(ticketId, id -> new HashSet<>()).add(customerId);
            everThere.computeIfAbsent(ticketId, id -> new HashSet<>()).add(customerId);
        }
    }

    void takesPartNoMore(UUID ticketId, UUID customerId) {
        participants.getOrDefault(ticketId, new HashSet<>()).remove(customerId);
    }

    private boolean owns(UUID customerId, UUID ticketId) {
        return customerId.equals(owners.get(ticketId));
    }

    /** Whether the ticket is theirs, or they take part in it. */
    boolean sees(UUID customerId, UUID ticketId) {
        return owns(customerId, ticketId)
                || participants.getOrDefault(ticketId, Set.of()).contains(customerId);
    }

    /** Whose the ticket is, or who takes part in it. */
    UUID writer(UUID ticketId) {
        List<UUID> there = customers.stream().filter(id -> sees(id, ticketId)).toList();
        return any(there);
    }

    UUID anotherThan(UUID customerId) {
        return any(customers.stream().filter(id -> !id.equals(customerId)).toList());
    }

    /** A token that whoever sees the ticket may see, when it is seen. */
    String ofTicket(String what, Supplier<UUID> ticketId) {
        return canaries.plant(what + " of another customer's ticket", reader -> sees(reader, ticketId.get()));
    }

    /** The same of what somebody wrote, which is also theirs. */
    String written(String what, UUID ticketId, UUID writer) {
        return canaries.plant(
                what + " of another customer's ticket", reader -> reader.equals(writer) || sees(reader, ticketId));
    }

    /** A ticket tells who sees it the names of those whose it was, and who took part. */
    private boolean mayHaveWrittenTo(UUID customerId, UUID reader) {
        return customerId.equals(reader)
                || owners.keySet().stream()
                        .filter(ticketId -> sees(reader, ticketId))
                        .anyMatch(ticketId ->
                                Objects.requireNonNull(everThere.get(ticketId)).contains(customerId));
    }

    private UUID any(List<UUID> people) {
        return people.get(random.nextInt(people.size()));
    }
}
