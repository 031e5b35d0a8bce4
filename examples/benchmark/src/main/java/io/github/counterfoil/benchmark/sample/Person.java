package io.github.counterfoil.benchmark.sample;

import java.util.UUID;

/** An agent or a customer. */
public record Person(UUID id, boolean agent, String firstName, String lastName, String email) {
    /** As the schema document has it. */
    public String role() {
        return agent ? "agent" : "customer";
    }
}
