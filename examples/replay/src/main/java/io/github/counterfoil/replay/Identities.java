package io.github.counterfoil.replay;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which UUID stands for which key of the log: made from the key, so that a second replay meets the same tickets and people.
 * A person who is an agent in one ticket and a customer in another has one id.
 */
final class Identities {
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private final Set<UUID> ticketIds = ConcurrentHashMap.newKeySet();
    private final Map<UUID, String> keys = new ConcurrentHashMap<>();
    private final Map<String, String> ticketCustomers = new HashMap<>();
    private final Map<String, String> customersByEmail = new HashMap<>();
    /** Customers whose address the log gives, each with the creation of a ticket that gives it. */
    private final Map<String, Operation> addressed = new LinkedHashMap<>();

    private final Set<String> otherCustomers = new LinkedHashSet<>();
    private final Set<String> workers = new LinkedHashSet<>();
    private final String domain;

    Identities(OperationLog log) {
        String email = log.byTicket().values().iterator().next().get(0).text("customer");
        domain = email.substring(email.lastIndexOf('@') + 1);
        // Whoever opens their own tickets is surest to have the address, and whoever answers comes next.
        log.byTicket().values().forEach(this::addWhoOpened);
        log.byTicket().values().forEach(this::addWhoAnswers);
        log.byTicket().values().forEach(this::addWhoIsOnlyAddressed);
        log.byTicket().values().forEach(operations -> operations.forEach(this::addActors));
        addressed.keySet().forEach(key -> keys.put(person(key), key));
        otherCustomers.forEach(key -> keys.put(person(key), key));
        workers.forEach(key -> keys.put(person(key), key));
    }

    private void addWhoOpened(List<Operation> operations) {
        Operation create = operations.get(0);
        if (create.byCustomer()) {
            addCustomer(create, create.by());
        }
    }

    /** An agent opened the ticket: whose it is shows when a customer writes. */
    private void addWhoAnswers(List<Operation> operations) {
        Operation create = operations.get(0);
        Set<String> answering = operations.stream()
                .filter(Operation::byCustomer)
                .map(Operation::by)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!create.byCustomer() && !answering.isEmpty()) {
            String known = customersByEmail.get(folded(create.text("customer")));
            addCustomer(
                    create,
                    known != null && answering.contains(known)
                            ? known
                            : answering.iterator().next());
        }
    }

    private void addWhoIsOnlyAddressed(List<Operation> operations) {
        Operation create = operations.get(0);
        if (!ticketCustomers.containsKey(create.ticket())) {
            String email = create.text("customer");
            addCustomer(create, customersByEmail.getOrDefault(folded(email), email));
        }
    }

    private void addCustomer(Operation create, String key) {
        ticketCustomers.put(create.ticket(), key);
        customersByEmail.putIfAbsent(folded(create.text("customer")), key);
        addressed.putIfAbsent(key, create);
    }

    private void addActors(Operation operation) {
        if (!operation.byCustomer()) {
            workers.add(operation.by());
        } else if (!addressed.containsKey(operation.by())) {
            otherCustomers.add(operation.by());
        }
        if (operation.is("assign") || operation.is("unassign")) {
            workers.add(operation.agent());
        }
    }

    /** As Counterfoil compares addresses: letters beyond ASCII keep their case. */
    private static String folded(String email) {
        return CAPITAL.matcher(email)
                .replaceAll(letter -> Character.toString(letter.group().charAt(0) + 'a' - 'A'));
    }

    /** Registers everybody who is not registered yet: first those whose address the log gives, so that they have it. */
    void register(TicketService tickets) {
        addressed.forEach((key, create) -> {
            try {
                registerCustomer(tickets, key, create.text("customer"));
            } catch (InvalidInput e) {
                throw new BadInput(create.place() + ": customer is no e-mail address of at most 254 characters");
            }
        });
        otherCustomers.forEach(key -> registerCustomer(tickets, key, Naming.email(key, domain)));
        workers.forEach(key -> {
            String[] name = Naming.name(key);
            register(
                    key,
                    Naming.email(key, domain),
                    email -> tickets.people().registerWorker(NewWorker.of(person(key), email, name[0], name[1])));
        });
    }

    private void registerCustomer(TicketService tickets, String key, String preferred) {
        String[] name = Naming.name(key);
        register(
                key,
                preferred,
                email -> tickets.people().registerCustomer(NewCustomer.of(person(key), email, name[0], name[1])));
    }

    private void register(String key, String preferred, Consumer<String> registration) {
        String email = preferred;
        for (int attempt = 1; ; attempt++) {
            try {
                registration.accept(email);
                return;
            } catch (Conflict e) {
                if (e.code().equals("person.exists")) {
                    return;
                }
                if (!e.code().equals("email.taken")) {
                    throw e;
                }
                email = Naming.otherEmail(key, domain, attempt);
            }
        }
    }

    static UUID ticket(String key) {
        return UUID.nameUUIDFromBytes(("ticket " + key).getBytes(StandardCharsets.UTF_8));
    }

    static UUID person(String key) {
        return UUID.nameUUIDFromBytes(("person " + key).getBytes(StandardCharsets.UTF_8));
    }

    /** Says which id a ticket has in the database. */
    void bind(String ticketKey, UUID ticketId) {
        keys.put(ticketId, ticketKey);
        ticketIds.add(ticketId);
    }

    /** The ids that were bound. */
    Set<UUID> ticketIds() {
        return ticketIds;
    }

    /** Everybody who acts or is assigned as an agent. */
    List<UUID> workerIds() {
        return workers.stream().map(Identities::person).toList();
    }

    /** The customer of a ticket. */
    UUID customer(String ticketKey) {
        return person(Objects.requireNonNull(ticketCustomers.get(ticketKey)));
    }

    /** The key of a ticket or a person. */
    String key(UUID id) {
        String key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("the database names " + id + ", which is not of this log");
        }
        return key;
    }
}
