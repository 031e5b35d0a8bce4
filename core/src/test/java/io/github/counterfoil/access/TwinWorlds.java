package io.github.counterfoil.access;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.CustomerChange;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.leaks.Traces;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.ChangedStatements;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Two databases with the same public life and different private lives. Whatever a customer of both asks must be answered
 * by the same bytes.
 */
final class TwinWorlds implements AutoCloseable {
    static final CustomEventType ESCALATED =
            CustomEventType.publicType("escalated", 1).showingWholeBody();
    static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final List<World> worlds = new ArrayList<>();
    private final boolean searchedAtOnce;
    private long answers;

    /** Opens both, in which texts are searched at once. */
    TwinWorlds() {
        this(UnaryOperator.identity());
    }

    /** Opens both, with a fault in the SQL that the library sends. */
    TwinWorlds(UnaryOperator<String> change) {
        this(change, true);
    }

    private TwinWorlds(UnaryOperator<String> change, boolean searchedAtOnce) {
        this.searchedAtOnce = searchedAtOnce;
        for (int i = 0; i < 2; i++) {
            worlds.add(new World(change, searchedAtOnce));
        }
    }

    /** Opens both, where whoever writes makes no words: all are made by {@link World#catchUp}. */
    static TwinWorlds searchedLater() {
        return new TwinWorlds(UnaryOperator.identity(), false);
    }

    boolean searchedAtOnce() {
        return searchedAtOnce;
    }

    /** How many answers of the two worlds were compared. */
    long answers() {
        return answers;
    }

    /** Changes the code of both, as a fault in it would. */
    void plant(String function, String correct, String faulty) {
        worlds.forEach(world -> world.database.changeFunction(function, correct, faulty));
    }

    World one() {
        return worlds.get(0);
    }

    World other() {
        return worlds.get(1);
    }

    /** The same in both worlds, at the same time of their clocks. */
    void both(Instant now, Function<World, Object> step) {
        String first = one().at(now, step);
        String second = other().at(now, step);
        if (!first.equals(second)) {
            throw new AssertionError("the worlds went different ways:\n" + first + "\n" + second);
        }
    }

    /** The same call of a customer's in both worlds: the answers must be the same. */
    void compare(String call, Instant now, Function<World, Object> question) {
        answers++;
        String first = one().at(now, question);
        String second = other().at(now, question);
        if (!first.equals(second)) {
            throw new Difference(call, first, second);
        }
    }

    int discrepancies() {
        return worlds.stream()
                .mapToInt(world -> world.tickets.verifyAll().discrepancies().size())
                .sum();
    }

    @Override
    public void close() {
        worlds.forEach(World::close);
    }

    /** Customers of the two worlds can tell them apart. */
    static final class Difference extends AssertionError {
        private static final long serialVersionUID = 1L;

        Difference(String call, String first, String second) {
            super(call + " tells the worlds apart:\n--- one\n" + first + "\n--- other\n" + second);
        }
    }

    /** One of the two. */
    static final class World implements AutoCloseable {
        static final List<UUID> AGENTS = List.of(new UUID(1, 1), new UUID(1, 2));
        static final UUID ADMIN = new UUID(1, 3);

        private final TestDatabase database = TestDatabase.withSchema();
        private Instant now = START;
        final TicketService tickets;
        /** The same, by which texts are searched. */
        final TicketService searchable;
        /** Ids are made by chance: of files that both worlds have, answers show the place among them. */
        private final List<UUID> files = new ArrayList<>();
        /** Up to where the customers' feed was read. */
        private String fed;

        World(UnaryOperator<String> change, boolean searchedAtOnce) {
            TicketService.Builder builder = TicketService.builder(new ChangedStatements(database.connections(), change))
                    .clock(() -> now)
                    .attachments(new FilesInMemory(), 1_000)
                    .eventType(ESCALATED)
                    .eventType(FRAUD_CHECK);
            TicketService unsearched = builder.build();
            searchable = builder.searchable().build();
            tickets = searchedAtOnce ? searchable : unsearched;
            for (UUID agent : AGENTS) {
                tickets.people().registerWorker(NewWorker.of(agent, agent + "@example.com", "Agent", agent.toString()));
            }
            tickets.people()
                    .registerWorker(NewWorker.of(ADMIN, "admin@example.com", "Admin", "A")
                            .role(WorkerRole.ADMIN));
            fed = tickets.changes().pull(ChangeFeed.Start.now(), 1).end();
        }

        /** Files that both worlds have, in the same order. */
        List<UUID> files() {
            return files;
        }

        /** Gives all texts the words that they lack: those of imports, or all. */
        void catchUp() {
            database.awaitOthers();
            while (searchable.searchIndex().catchUp(1_000) > 0) {}
        }

        /** What the customers' feed gives of these people's tickets since the last time, each ticket's in its order, but for positions. */
        Map<UUID, List<Object>> feed(Collection<UUID> customers) {
            database.awaitOthers();
            Map<UUID, List<Object>> told = new TreeMap<>();
            for (List<CustomerChange> portion = pull(); !portion.isEmpty(); portion = pull()) {
                for (CustomerChange change : portion) {
                    if (change instanceof CustomerChange.Opened opened
                            && customers.contains(opened.ticket().customerId())) {
                        told.computeIfAbsent(opened.ticketId(), id -> new ArrayList<>())
                                .add(List.of(opened.ticket(), opened.at(), opened.imported()));
                    } else if (change instanceof CustomerChange.Happened happened
                            && customers.contains(happened.ticket().customerId())) {
                        told.computeIfAbsent(happened.ticketId(), id -> new ArrayList<>())
                                .add(List.of(
                                        happened.ticket(),
                                        happened.event(),
                                        happened.byCustomer(),
                                        happened.imported()));
                    }
                }
            }
            return told;
        }

        private List<CustomerChange> pull() {
            ChangeFeed.Pulled<CustomerChange> portion =
                    tickets.changes().forCustomers().pull(ChangeFeed.Start.after(fed), 1_000);
            fed = portion.end();
            return portion.changes();
        }

        /** What the step answers at a time, whatever it is. */
        private String at(Instant time, Function<World, Object> step) {
            now = time;
            String answer;
            try {
                answer = Traces.of(step.apply(this));
            } catch (CounterfoilException e) {
                answer = Traces.of(e);
            }
            for (int place = 0; place < files.size(); place++) {
                answer = answer.replace(files.get(place).toString(), "file " + place);
            }
            return answer;
        }

        /** Moves a ticket over from literal tables; how many came. */
        long adopt(JsonValue document) {
            database.execute("""
                    create schema if not exists literal;
                    create table if not exists literal.customers (
                      id uuid, first_name text, last_name text, communication_channels text[], preferred_language text,
                      email text, feedback_history jsonb);
                    create table if not exists literal.workers (
                      id uuid, email text, first_name text, last_name text, created_at timestamptz, role text, skills text[],
                      languages text[], timezone text, metrics jsonb, assigned_tickets uuid[], ticket_history jsonb);
                    create table if not exists literal.tickets (
                      id uuid, title text, description text, status text, priority text, tags text[], custom_fields jsonb,
                      ticket_history jsonb, internal_notes jsonb, feedback jsonb, source_channel text, created_at timestamptz,
                      updated_at timestamptz, created_by uuid, customer_email text, assigned_to jsonb);
                    truncate literal.tickets;
                    insert into literal.tickets select * from jsonb_populate_record(null::literal.tickets, $json$%s$json$);
                    """.formatted(document.text()));
            return tickets.documents().adopt("literal").tickets().imported();
        }

        /** Something in this world alone. */
        void alone(Instant time, Function<World, Object> step) {
            at(time, step);
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** A random moment, mostly a little later; clocks also stand still, and run back. */
    static Instant tick(Random random, Instant now) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> now;
            case 2 -> now.plusNanos(1_000L * random.nextInt(5));
            case 3 -> now.minusMillis(random.nextInt(2_000));
            default -> now.plusMillis(random.nextInt(100_000));
        };
    }

    static JsonValue body(String text) {
        return JsonValue.ofObject(Map.of("text", JsonValue.of(text)));
    }

    static Instant start() {
        return START;
    }
}
