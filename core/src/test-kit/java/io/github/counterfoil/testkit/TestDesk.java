package io.github.counterfoil.testkit;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * People and tickets in a line each. A person is known by the first name: who is named for the first time is registered, with an id that
 * follows from the name and the address {@code ada.customer@example.com}, and the same name is the same person from then on. It keeps nothing itself, so
 * that it goes on after a {@link TestDatabase#reset}.
 */
public final class TestDesk {
    private final TicketService tickets;
    private final Consumer<UUID> newUser;

    private TestDesk(TicketService tickets, Consumer<UUID> newUser) {
        this.tickets = tickets;
        this.newUser = newUser;
    }

    /** @param tickets the service as the host builds it; its schema must be applied */
    public static TestDesk of(TicketService tickets) {
        return new TestDesk(tickets, id -> {});
    }

    /**
     * The same where the host has a table of users of its own.
     *
     * @param stores a row for the id that is given, unless it is there
     */
    public TestDesk users(Consumer<UUID> stores) {
        return new TestDesk(tickets, stores);
    }

    public UUID customer(String firstName) {
        UUID id = id("customer", firstName);
        if (tickets.documents().customer(id).isEmpty()) {
            newUser.accept(id);
            tickets.people().registerCustomer(NewCustomer.of(id, address("customer", firstName), firstName, ""));
        }
        return id;
    }

    public UUID agent(String firstName) {
        return worker("agent", firstName, WorkerRole.AGENT);
    }

    public UUID admin(String firstName) {
        return worker("admin", firstName, WorkerRole.ADMIN);
    }

    private UUID worker(String kind, String firstName, WorkerRole role) {
        UUID id = id(kind, firstName);
        if (tickets.documents().worker(id).isEmpty()) {
            newUser.accept(id);
            tickets.people()
                    .registerWorker(NewWorker.of(id, address(kind, firstName), firstName, "")
                            .role(role));
        }
        return id;
    }

    private static UUID id(String kind, String firstName) {
        return UUID.nameUUIDFromBytes((kind + " " + firstName).getBytes(StandardCharsets.UTF_8));
    }

    /** Of letters that every address may have, and of the id where a name has none. */
    private static String address(String kind, String firstName) {
        String letters = firstName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
        boolean plain = !letters.isEmpty()
                && firstName.equals(letters.substring(0, 1).toUpperCase(Locale.ROOT) + letters.substring(1));
        return (plain ? letters : letters + id(kind, firstName)) + "." + kind + "@example.com";
    }

    /** A ticket of the customer Ada's, with a title and a text, unless something else is said. */
    public TicketDraft ticket() {
        return new TicketDraft(this);
    }

    /**
     * What a ticket is to be.
     *
     * @throws AssertionError if there is no such ticket
     */
    public TicketAssert assertThat(UUID ticketId) {
        return TicketAssert.of(tickets, ticketId);
    }

    TicketService tickets() {
        return tickets;
    }
}
