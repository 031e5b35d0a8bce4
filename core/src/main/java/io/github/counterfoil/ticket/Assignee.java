package io.github.counterfoil.ticket;

import java.util.UUID;

/**
 * A worker who is assigned to a ticket: an element of the documented {@code assigned_to}.
 *
 * @param firstName as it is now
 * @param lastName as it is now
 */
public record Assignee(UUID id, String firstName, String lastName) {
    @Override
    public String toString() {
        return "Assignee[" + id + "]";
    }
}
