package io.github.counterfoil.benchmark.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Makes people, texts and tickets from numbers and one fixed seed. */
public final class Samples {
    public static final int TEXT_LENGTH = 300;
    /** Events of each imported ticket. */
    public static final int IMPORTED_EVENTS = 20;

    public static final int AGENTS = 50;
    public static final int CUSTOMERS = 200;

    private static final int TEXTS = 64;
    private static final long SEED = 20260101;
    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    /** Tickets with higher numbers begin again with the first one's time. */
    private static final long SECONDS = 10_000_000;

    private static final long TICKETS = 0x5EED_0000_0000_4000L;
    private static final long EVENTS = 0x5EED_0001_0000_4000L;
    private static final long AGENT_IDS = 0x5EED_0002_0000_4000L;
    private static final long CUSTOMER_IDS = 0x5EED_0003_0000_4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Scale scale;
    private final List<Person> agents = people(AGENTS, true);
    private final List<Person> customers = people(CUSTOMERS, false);
    private final List<String> texts;

    public Samples(Scale scale) {
        this.scale = scale;
        Random random = new Random(SEED);
        this.texts = IntStream.range(0, TEXTS).mapToObj(n -> text(random)).toList();
    }

    public Scale scale() {
        return scale;
    }

    public Person agent(long n) {
        return agents.get((int) (n % agents.size()));
    }

    public Person customer(long n) {
        return customers.get((int) (n % customers.size()));
    }

    /** The id of an agent, by their number from 0. */
    public static UUID agentId(int n) {
        return new UUID(AGENT_IDS, VARIANT | n);
    }

    /** The id of a customer, by their number from 0. */
    public static UUID customerId(int n) {
        return new UUID(CUSTOMER_IDS, VARIANT | n);
    }

    public List<Person> people() {
        return Stream.concat(agents.stream(), customers.stream()).toList();
    }

    /** One of the texts, all of {@value #TEXT_LENGTH} characters. */
    public String text(long n) {
        return texts.get((int) (n % TEXTS));
    }

    /** How many tickets a set has before anything is measured. */
    public int size(TicketSet set) {
        return switch (set) {
            case APPEND_LONG, READ_LONG -> scale.longTickets();
            case QUEUE -> scale.queue();
            case BULK -> scale.bulk() * 10;
            case IMPORT -> 0;
            case APPEND_EMPTY, APPEND_SHORT, READ_SHORT, TRIAGE -> scale.tickets();
        };
    }

    /** How many messages each ticket of a set has. */
    public int messages(TicketSet set) {
        return switch (set) {
            case APPEND_LONG, READ_LONG -> scale.longEvents();
            case APPEND_SHORT, READ_SHORT -> scale.shortEvents();
            case IMPORT -> IMPORTED_EVENTS - 2;
            case APPEND_EMPTY, TRIAGE, BULK, QUEUE -> 0;
        };
    }

    /** The id of a ticket of a set, by its number from 0. */
    public static UUID ticketId(TicketSet set, long n) {
        return new UUID(TICKETS | set.ordinal(), VARIANT | n);
    }

    /** All tickets of a set, made one by one. */
    public Stream<SampleTicket> tickets(TicketSet set) {
        return LongStream.range(0, size(set)).mapToObj(n -> ticket(set, n));
    }

    /**
     * Tickets that are imported together.
     *
     * @param first the number of the first; each number is imported once
     */
    public List<SampleTicket> batch(long first) {
        return LongStream.range(first, first + scale.batch())
                .mapToObj(n -> ticket(TicketSet.IMPORT, n))
                .toList();
    }

    /** The agents' queues hold tickets of each status: of ten tickets three are open and six closed. */
    private static Status queued(long n) {
        long tenth = n / AGENTS % 10;
        return tenth < 3 ? Status.OPEN : tenth < 4 ? Status.PENDING : Status.CLOSED;
    }

    private SampleTicket ticket(TicketSet set, long n) {
        Person customer = customer(n);
        Person agent = agent(n);
        Instant createdAt = START.plusSeconds(n % SECONDS);
        List<SampleEvent> events = new ArrayList<>();
        if (set == TicketSet.QUEUE || set == TicketSet.IMPORT) {
            Status status = set == TicketSet.QUEUE ? queued(n) : Status.PENDING;
            events.add(event(events.size(), n, agent, createdAt, new Change.AssignmentAdded(agent)));
            events.add(event(events.size(), n, agent, createdAt, new Change.StatusUpdate(Status.NEW, status)));
        }
        for (int i = 0; i < messages(set); i++) {
            Person author = i % 2 == 0 ? customer : agent;
            events.add(event(events.size(), n, author, createdAt, new Change.Message(text(n + i))));
        }
        return new SampleTicket(ticketId(set, n), title(n), text(n), customer, createdAt, List.copyOf(events));
    }

    /** What the n-th ticket is called. */
    public static String title(long n) {
        return "Printer number " + n + " is on fire";
    }

    private static SampleEvent event(int before, long ticket, Person author, Instant createdAt, Change change) {
        int seq = before + 1;
        UUID id = new UUID(EVENTS, VARIANT | (ticket & 0xFFFF_FFFFL) << 24 | seq);
        return new SampleEvent(seq, id, author, createdAt.plusSeconds(seq), change);
    }

    private static List<Person> people(int count, boolean agents) {
        return IntStream.range(0, count)
                .mapToObj(n -> new Person(
                        agents ? agentId(n) : customerId(n),
                        agents,
                        agents ? "Jane" : "Ada",
                        "Number" + n,
                        (agents ? "jane" : "ada") + n + "@example.com"))
                .toList();
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < TEXT_LENGTH) {
            int word = 2 + random.nextInt(8);
            for (int i = 0; i < word; i++) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            text.append(' ');
        }
        text.setLength(TEXT_LENGTH - 1);
        return text.append('.').toString();
    }
}
