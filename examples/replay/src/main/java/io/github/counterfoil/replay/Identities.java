package io.github.counterfoil.replay;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which UUID stands for which key of the log: made from the key, so that a second replay meets the same tickets and people.
 * A person who is an agent in one ticket and a customer in another has one id.
 */
final class Identities {
    private static final int MAX_NAME = 100;

    private final Set<UUID> ticketIds = ConcurrentHashMap.newKeySet();
    private final Map<UUID, String> keys = new ConcurrentHashMap<>();
    private final Map<String, String> customersByEmail = new HashMap<>();
    private final Map<String, String> customers = new LinkedHashMap<>();
    private final Set<String> workers = new LinkedHashSet<>();
    private final String domain;

    Identities(OperationLog log) {
        domain = log.byTicket().values().stream()
                .map(operations -> operations.get(0).text("customer"))
                .map(email -> email.substring(email.indexOf('@') + 1))
                .findFirst()
                .orElseThrow();
        for (List<Operation> operations : log.byTicket().values()) {
            Operation create = operations.get(0);
            if (create.byCustomer()) {
                addCustomer(create, create.by(), create.text("customer"));
            }
        }
        for (List<Operation> operations : log.byTicket().values()) {
            operations.forEach(this::addOthers);
        }
        customers.keySet().forEach(key -> keys.put(person(key), key));
        workers.forEach(key -> keys.put(person(key), key));
    }

    private void addOthers(Operation operation) {
        if (operation.is("create") && !operation.byCustomer()) {
            String email = operation.text("customer");
            customersByEmail.computeIfAbsent(email.toLowerCase(Locale.ROOT), unused -> {
                customers.put(email, email);
                return email;
            });
        }
        if (!operation.byCustomer()) {
            workers.add(operation.by());
        } else if (!customers.containsKey(operation.by())) {
            addCustomer(operation, operation.by(), emailOf(operation.by(), domain));
        }
        if (operation.is("assign") || operation.is("unassign")) {
            workers.add(operation.text("agent"));
        }
    }

    private void addCustomer(Operation operation, String key, String email) {
        String other = customersByEmail.putIfAbsent(email.toLowerCase(Locale.ROOT), key);
        if (other != null && !other.equals(key)) {
            throw new BadInput(operation.place() + ": two customers have one e-mail");
        }
        String before = customers.putIfAbsent(key, email);
        if (before != null && !before.equalsIgnoreCase(email)) {
            throw new BadInput(operation.place() + ": one customer has two e-mails");
        }
    }

    /** Registers everybody who is not registered yet. */
    void register(TicketService tickets) {
        customers.forEach((key, email) -> {
            String[] name = name(key);
            ifNew(() -> tickets.people().registerCustomer(NewCustomer.of(person(key), email, name[0], name[1])));
        });
        workers.forEach(key -> {
            String[] name = name(key);
            String email = emailOf(key, domain);
            ifNew(() -> tickets.people().registerWorker(NewWorker.of(person(key), email, name[0], name[1])));
        });
    }

    private static void ifNew(Runnable registration) {
        try {
            registration.run();
        } catch (Conflict e) {
            if (!e.code().equals("person.exists")) {
                throw e;
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
    UUID customer(Operation create) {
        String key = customersByEmail.get(create.text("customer").toLowerCase(Locale.ROOT));
        if (key == null) {
            throw new BadInput(create.place() + ": nobody has the customer's e-mail");
        }
        return person(key);
    }

    /** The key of a ticket or a person. */
    String key(UUID id) {
        String key = keys.get(id);
        if (key == null) {
            throw new IllegalStateException("the database names " + id + ", which is not of this log");
        }
        return key;
    }

    /** First and last name: the key split at its last blank or hyphen; twice the key if it has none. */
    static String[] name(String key) {
        int split = Math.max(key.lastIndexOf(' '), key.lastIndexOf('-'));
        boolean splits = split > 0 && split < key.length() - 1;
        return splits
                ? new String[] {cut(key.substring(0, split)), cut(key.substring(split + 1))}
                : new String[] {cut(key), cut(key)};
    }

    private static String cut(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= MAX_NAME ? name : name.substring(0, name.offsetByCodePoints(0, MAX_NAME));
    }

    private static String emailOf(String key, String domain) {
        String local = key.toLowerCase(Locale.ROOT).replace(' ', '-');
        // A key that makes no address still needs one of its own.
        return (local.matches("[a-z0-9._+-]{1,64}") ? local : person(key).toString()) + "@" + domain;
    }
}
