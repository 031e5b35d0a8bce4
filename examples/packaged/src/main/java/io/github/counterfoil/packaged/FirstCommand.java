package io.github.counterfoil.packaged;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import java.util.UUID;

/** Prints what checking the values of a command costs: of the first one, of the next, and of another service's first. */
public final class FirstCommand {

    private FirstCommand() {}

    public static void main(String[] args) {
        TicketService one = service();
        TicketService other = service();
        System.out.printf(
                "first %.0f ms, next %.2f ms, another service's first %.2f ms%n",
                millis(one), millis(one), millis(other));
    }

    private static TicketService service() {
        return TicketService.builder(new Connections("jdbc:none")).build();
    }

    private static double millis(TicketService tickets) {
        UUID id = UUID.randomUUID();
        long start = System.nanoTime();
        try {
            tickets.agent(id).on(id).changeTitle("");
            throw new IllegalStateException("an empty title was accepted");
        } catch (InvalidInput e) {
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
