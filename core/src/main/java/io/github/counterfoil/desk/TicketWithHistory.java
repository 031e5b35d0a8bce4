package io.github.counterfoil.desk;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.page.Page;

/**
 * A ticket and a page of its history, both as they were at one moment.
 *
 * @param <T> the ticket as the actor's side sees it
 * @param <E> the events of the actor's side
 */
public record TicketWithHistory<T, E>(T ticket, Page<E> history) implements AsJson {
    public TicketWithHistory {
        Given.both("ticket", ticket, "history", history);
    }
}
