package io.github.counterfoil.benchmark.volume;

import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the tickets of a desk are spread. Unless said otherwise the numbers are those of a tenth of a year of a real one, 2,492
 * tickets with 34,441 events: Amaral, Fantinato, Peres (2018), <i>Incident management process enriched event log</i>, UCI
 * Machine Learning Repository, doi 10.24432/C57S4H.
 *
 * <p>A table has rows of two numbers, both ascending: a share from 0 to 1, and what that share of all lies below.
 */
final class Shape {
    /** The busiest first: 1.5 % of the tickets are of one customer, and half of the customers have two thirds. */
    private static final double[][] TICKETS_BY_CUSTOMERS = {
        {0, 0}, {0.0659, 0.01}, {0.173, 0.05}, {0.273, 0.1}, {0.408, 0.2}, {0.663, 0.5}, {1, 1}
    };

    private static final double BUSIEST_CUSTOMER = 0.0152;

    /** The busiest first: 170 to whom 2,982 assignments went. */
    private static final double[][] ASSIGNMENTS_BY_WORKERS = {
        {0, 0}, {0.103, 0.006}, {0.182, 0.012}, {0.323, 0.05}, {0.459, 0.1}, {0.629, 0.2}, {0.888, 0.5}, {1, 1}
    };

    /** The mean is 13.8: many of a ticket's first events set fields with which generated tickets are opened. */
    private static final double[][] EVENTS = {
        {0, 6}, {0.1, 9}, {0.3, 10}, {0.5, 12}, {0.7, 14}, {0.8, 17}, {0.9, 21}, {0.95, 26}, {0.99, 36}, {1, 77}
    };

    private static final double EVENTS_IN_LOG = 13.8;
    /** What makes 12 with ratings, and with what each ticket has however short it is. */
    private static final double EVENTS_WANTED = 11.1;

    /** Two of three events come in the same minute as the one before; of the others, the logarithm of the seconds. */
    private static final double SAME_MINUTE = 0.665;

    private static final double[][] LOG_GAPS = logarithms(new double[][] {
        {0, 60},
        {0.1, 120},
        {0.2, 420},
        {0.3, 1_200},
        {0.4, 4_680},
        {0.5, 19_740},
        {0.6, 80_160},
        {0.7, 324_000},
        {0.75, 432_360},
        {0.9, 435_300},
        {0.95, 796_560},
        {0.99, 2_854_260},
        {0.999, 9_261_000},
        {1, 21_933_300}
    });

    private static final double[][] CATEGORIES = {
        {0, 0}, {0.143, 1}, {0.268, 2}, {0.377, 3}, {0.473, 4}, {0.537, 5}, {0.81, 12}, {1, 40}
    };
    private static final double[][] SUBCATEGORIES = {
        {0, 0}, {0.269, 1}, {0.41, 2}, {0.474, 3}, {0.525, 4}, {0.68, 12}, {1, 150}
    };
    private static final double[][] GROUPS = {{0, 0}, {0.4, 1}, {0.47, 2}, {0.512, 3}, {0.583, 5}, {0.722, 12}, {1, 68}
    };

    /** Of a week that begins on Monday: the share that came before the end of each day, and of each hour of a day. */
    private static final double[][] DAYS = {
        {0, 0}, {0.238, 1}, {0.437, 2}, {0.634, 3}, {0.798, 4}, {0.951, 5}, {0.976, 6}, {1, 7}
    };

    private static final double[][] HOURS = {
        {0, 0},
        {0.071, 7},
        {0.093, 8},
        {0.195, 9},
        {0.316, 10},
        {0.433, 11},
        {0.531, 12},
        {0.582, 13},
        {0.651, 14},
        {0.742, 15},
        {0.826, 16},
        {0.903, 17},
        {0.944, 18},
        {1, 24}
    };

    private static final double WEEKS = 365.0 / 7;
    private static final double SECONDS_OF_DAY = 86_400;

    private final RandomGenerator random;

    Shape(RandomGenerator random) {
        this.random = random;
    }

    /** When the n-th of so many tickets is opened: seconds since the year began. They come in order. */
    static long opened(long n, long tickets) {
        double week = n * WEEKS / tickets;
        double day = at(DAYS, week - Math.floor(week));
        double hour = at(HOURS, day - Math.floor(day));
        return (long) ((Math.floor(week) * 7 + Math.floor(day)) * SECONDS_OF_DAY + hour * 3_600);
    }

    /** The place of a ticket's customer among so many. */
    int customer(int customers) {
        return random.nextDouble() < BUSIEST_CUSTOMER ? 0 : place(TICKETS_BY_CUSTOMERS, customers);
    }

    /** The place of who is assigned among so many. */
    int worker(int workers) {
        return place(ASSIGNMENTS_BY_WORKERS, workers);
    }

    private int place(double[][] table, int number) {
        return (int) (at(table, random.nextDouble()) * number);
    }

    /** How many events a ticket has that nothing cuts short. */
    int events() {
        return (int) Math.round(at(EVENTS, random.nextDouble()) * EVENTS_WANTED / EVENTS_IN_LOG);
    }

    /** Seconds from an event to the next. */
    long gap() {
        return random.nextDouble() < SAME_MINUTE
                ? random.nextInt(60)
                : (long) Math.exp(at(LOG_GAPS, random.nextDouble()));
    }

    /** The status that follows; null if the ticket stays closed. Of 2,526 closings 34 were reopened. */
    @Nullable
    TicketStatus after(TicketStatus status) {
        double share = random.nextDouble();
        return switch (status) {
            case NEW -> share < 0.579 ? TicketStatus.OPEN : share < 0.913 ? TicketStatus.CLOSED : TicketStatus.PENDING;
            case OPEN -> share < 0.733 ? TicketStatus.CLOSED : TicketStatus.PENDING;
            case PENDING -> share < 0.807 ? TicketStatus.CLOSED : TicketStatus.OPEN;
            case CLOSED -> share < 0.0135 ? TicketStatus.OPEN : null;
        };
    }

    Priority priority() {
        double share = random.nextDouble();
        return share < 0.951 ? Priority.MEDIUM : share < 0.98 ? Priority.LOW : Priority.HIGH;
    }

    String channel() {
        double share = random.nextDouble();
        return share < 0.99 ? "phone" : share < 0.996 ? "self service" : "email";
    }

    /** From 0, the most frequent first. */
    int category() {
        return (int) at(CATEGORIES, random.nextDouble());
    }

    /** From 0, the most frequent first. */
    int subcategory() {
        return (int) at(SUBCATEGORIES, random.nextDouble());
    }

    /** The group of an assignment, from 0, the most frequent first. */
    int group() {
        return (int) at(GROUPS, random.nextDouble());
    }

    /** Impact and urgency: 1 to 3. */
    int impact() {
        double share = random.nextDouble();
        return share < 0.95 ? 2 : share < 0.98 ? 3 : 1;
    }

    /** Whether anybody is assigned at first. */
    boolean assigned() {
        return random.nextDouble() < 0.974;
    }

    /** How often a ticket goes to another worker. */
    int handovers() {
        return random.nextDouble() < 0.872 ? 0 : 1 + repeated(0.44);
    }

    /** How often a field changes. */
    int fieldChanges() {
        return repeated(0.58);
    }

    boolean priorityChanges() {
        return random.nextDouble() < 0.013;
    }

    private int repeated(double again) {
        int times = 0;
        while (random.nextDouble() < again) {
            times++;
        }
        return times;
    }

    /** A rating, 0 for none. The log has none: of five closings one is rated, mostly well. */
    int rating() {
        return random.nextInt(5) > 0 ? 0 : Math.max(1, 5 - repeated(0.45));
    }

    /** Where a share lies, in a straight line between two rows. */
    private static double at(double[][] table, double share) {
        int row = 1;
        while (row < table.length - 1 && table[row][0] <= share) {
            row++;
        }
        double[] from = table[row - 1];
        double[] to = table[row];
        return from[1] + (share - from[0]) / (to[0] - from[0]) * (to[1] - from[1]);
    }

    private static double[][] logarithms(double[][] table) {
        for (double[] row : table) {
            row[1] = Math.log(row[1]);
        }
        return table;
    }
}
