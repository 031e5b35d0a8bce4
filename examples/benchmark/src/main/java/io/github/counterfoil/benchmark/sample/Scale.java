package io.github.counterfoil.benchmark.sample;

/**
 * How much there is.
 *
 * @param queue tickets among which the queues are found
 * @param tickets in each set of short ones
 * @param longTickets tickets with long histories in each set of them
 * @param shortEvents events of a short history
 * @param longEvents events of a long history
 * @param bulk tickets that one operation changes together
 * @param batch tickets that one operation imports
 */
public record Scale(int queue, int tickets, int longTickets, int shortEvents, int longEvents, int bulk, int batch) {
    /** What is quoted. */
    public static final Scale FULL = new Scale(100_000, 1_000, 8, 100, 10_000, 100, 50);

    public static final Scale QUICK = new Scale(2_000, 100, 8, 100, 1_000, 10, 10);

    /** The same with another number of tickets among which the queues are found. */
    public Scale withQueue(int tickets) {
        return new Scale(tickets, this.tickets, longTickets, shortEvents, longEvents, bulk, batch);
    }
}
