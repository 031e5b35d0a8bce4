package io.github.counterfoil.internal.change;

import static io.github.counterfoil.internal.jooq.Tables.ACKNOWLEDGE_CHANGES;
import static io.github.counterfoil.internal.jooq.Tables.CHANGES_BEHIND;
import static io.github.counterfoil.internal.jooq.Tables.CHANGE_CONSUMER_STATE;
import static io.github.counterfoil.internal.jooq.Tables.REGISTER_CONSUMER;

import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.error.ConsumerRefused;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.internal.change.Places.Beginning;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.database.Deadline;
import io.github.counterfoil.internal.event.ChangeRepository;
import io.github.counterfoil.internal.event.ChangeRepository.Answer;
import io.github.counterfoil.internal.event.ChangeRepository.StoredChange;
import io.github.counterfoil.internal.jooq.Routines;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The changes as one side sees them. */
class PostgresChangeFeed<A, C> implements ChangeFeed<C> {
    /** At once. */
    static final int MOST = 1_000;

    private static final int MOST_COUNTED = 100_000;
    private static final int BUCKETS = 64;
    /** Of what holds nothing. */
    private static final UUID NO_TOKEN = new UUID(0, 0);

    private final Database database;
    private final Side<A, C> side;

    PostgresChangeFeed(ServiceContext context, Side<A, C> side) {
        this.database = context.database();
        this.side = side;
    }

    /**
     * What was read.
     *
     * @param token of the try that was answered
     * @param found how many, with those that this side does not see
     */
    private record Portion<C>(UUID token, List<C> changes, int found) {
        /** Whether all was of the other side, and there may be more. */
        boolean isHidden() {
            return changes.isEmpty() && found > 0;
        }
    }

    @Override
    public boolean register(String consumer, Start from, int workers) {
        Faults faults = named(consumer);
        faults.add("workers", Problem.range(workers, 1, BUCKETS));
        Places.check(faults, from);
        faults.throwIfAny();
        return registered(consumer, from, workers);
    }

    /** Of a name that was checked, or that no host can give. */
    final boolean registered(String consumer, Start from, int workers) {
        Beginning start = Beginning.of(from);
        // The consumer is its own command: nothing is stored twice under its name.
        var row = database.write((dsl, frame) -> dsl.fetchSingle(REGISTER_CONSUMER(
                consumer,
                customers(),
                workers,
                start.kind(),
                start.at(),
                start.place().position(),
                start.place().ticketId(),
                start.place().seq(),
                frame.patience(),
                frame.durable())));
        require(row.getRefusal());
        return row.getMade();
    }

    private boolean customers() {
        return side.access().actor().isCustomer();
    }

    private static Faults named(@Nullable String consumer) {
        Faults faults = new Faults();
        faults.add("consumer", TextRules.line(consumer, TextRules.MAX_LABEL));
        return faults;
    }

    static void require(@Nullable String refusal) {
        if (refusal != null) {
            throw new ConsumerRefused(refusal);
        }
    }

    @Override
    public Batch<C> read(String consumer, int atMost, Duration hold) {
        Faults faults = sized(consumer, atMost);
        Duration held = faults.value("hold", hold);
        faults.add("hold", Deadline.problem(held));
        faults.throwIfAny();
        while (true) {
            Portion<C> read = read(database, consumer, atMost, held);
            if (!read.isHidden()) {
                return new Batch<>(read.changes(), read.found() > 0 ? read.token() : NO_TOKEN);
            }
            acknowledge(database, consumer, read.token());
        }
    }

    private static Faults sized(@Nullable String consumer, int atMost) {
        Faults faults = named(consumer);
        faults.add("at_most", Problem.range(atMost, 1, MOST));
        return faults;
    }

    @Override
    public boolean await(String consumer, Connection connection, Duration atMost) {
        Faults faults = named(consumer);
        faults.require("connection", connection);
        Duration time = faults.value("at_most", atMost);
        faults.add("at_most", Deadline.problem(time));
        faults.throwIfAny();
        return new Wait(database, connection, consumer, customers()).ends(time);
    }

    private Portion<C> read(Database from, String consumer, int atMost, Duration hold) {
        List<UUID> tries = new ArrayList<>(List.of(UUID.randomUUID()));
        Answer<Side.Opening<A>> answer = ChangeRepository.read(from, side.access(), side.part(), tries.get(0), () -> {
            UUID lost = tries.get(tries.size() - 1);
            tries.add(UUID.randomUUID());
            Map<String, Object> values = new HashMap<>();
            values.put("consumer", consumer);
            values.put("customers", customers());
            values.put("token", tries.get(tries.size() - 1));
            values.put("lost", lost);
            values.put("most", atMost);
            values.put("hold", Math.toIntExact(hold.toMillis()));
            return values;
        });
        require(answer.refusal());
        return new Portion<>(
                tries.get(tries.size() - 1),
                seen(answer.changes()),
                answer.changes().size());
    }

    private List<C> seen(List<StoredChange<Side.Opening<A>>> changes) {
        return changes.stream().map(side::change).flatMap(Optional::stream).toList();
    }

    @Override
    public void acknowledge(String consumer, UUID token) {
        Faults faults = named(consumer);
        faults.require("token", token);
        faults.throwIfAny();
        if (!token.equals(NO_TOKEN)) {
            acknowledge(database, consumer, token);
        }
    }

    private static void acknowledge(Database on, String consumer, UUID token) {
        require(on.command(
                        token,
                        (dsl, frame) -> dsl.fetchSingle(
                                ACKNOWLEDGE_CHANGES(consumer, token, frame.patience(), frame.durable())))
                .getRefusal());
    }

    @Override
    public <X extends Exception> int process(String consumer, int atMost, Handler<C, X> handler) throws X {
        Faults faults = sized(consumer, atMost);
        faults.require("handler", handler);
        faults.throwIfAny();
        while (true) {
            Portion<C> done = processed(consumer, atMost, handler);
            if (!done.isHidden()) {
                return done.changes().size();
            }
        }
    }

    /** What the host's code throws is the host's own, and no failure of the database. */
    private <X extends Exception> Portion<C> processed(String consumer, int atMost, Handler<C, X> handler) throws X {
        try {
            return database.together((joined, connection) -> {
                // Held by the transaction alone: however that ends, others go on at once.
                Portion<C> read = read(joined, consumer, atMost, Duration.ZERO);
                if (read.found() > 0) {
                    if (!read.changes().isEmpty()) {
                        handle(handler, read.changes(), connection);
                    }
                    acknowledge(joined, consumer, read.token());
                }
                return read;
            });
        } catch (HandlerFailed e) {
            throw HandlerFailed.<X>hosts(e);
        }
    }

    private static <C> void handle(Handler<C, ?> handler, List<C> changes, Connection connection) {
        try {
            handler.handle(changes, connection);
        } catch (CounterfoilException e) {
            throw e;
        } catch (Exception e) {
            throw new HandlerFailed(e);
        }
    }

    @Override
    public Pulled<C> pull(Start from, int atMost) {
        Faults faults = new Faults();
        faults.add("at_most", Problem.range(atMost, 1, MOST));
        Places.check(faults, from);
        faults.throwIfAny();
        Map<String, Object> values = Beginning.of(from).values();
        values.put("most", atMost);
        while (true) {
            Answer<Side.Opening<A>> answer = ChangeRepository.pull(database, side.access(), side.part(), values);
            require(answer.refusal());
            List<StoredChange<Side.Opening<A>>> all = answer.changes();
            ChangeRepository.Place end = all.get(all.size() - 1).place();
            // The first row is where reading began.
            List<C> read = seen(all.subList(1, all.size()));
            if (!read.isEmpty() || all.size() == 1) {
                return new Pulled<>(read, Places.text(end));
            }
            values.putAll(Beginning.of(Start.after(Places.text(end))).values());
        }
    }

    @Override
    public Lag lag(String consumer) {
        named(consumer).throwIfAny();
        return behind(consumer);
    }

    /** Of a name that was checked, or that no host can give. */
    final Lag behind(String consumer) {
        var row = database.read(dsl -> dsl.selectFrom(CHANGES_BEHIND(
                        DSL.val(consumer),
                        DSL.val(customers()),
                        DSL.val(MOST_COUNTED),
                        Routines.changeHorizon(),
                        Routines.writingSince()))
                .fetchSingle());
        require(row.getRefusal());
        return new Lag(
                row.getBehind(),
                Optional.ofNullable(row.getSince()),
                row.getHeld(),
                Optional.ofNullable(row.getHeldSince()),
                row.getPaused());
    }

    @Override
    public void pause(String consumer) {
        change(consumer, "pause", Start.now());
    }

    @Override
    public void resume(String consumer) {
        change(consumer, "resume", Start.now());
    }

    @Override
    public void rewind(String consumer, Start to) {
        change(consumer, "rewind", to);
    }

    @Override
    public void remove(String consumer) {
        change(consumer, "remove", Start.now());
    }

    private void change(String consumer, String change, Start to) {
        Faults faults = named(consumer);
        Places.check(faults, to);
        faults.throwIfAny();
        Beginning start = Beginning.of(to);
        require(database.write((dsl, frame) -> dsl.fetchSingle(CHANGE_CONSUMER_STATE(
                        consumer,
                        customers(),
                        change,
                        start.kind(),
                        start.at(),
                        start.place().position(),
                        start.place().ticketId(),
                        start.place().seq(),
                        frame.patience(),
                        frame.durable())))
                .getRefusal());
    }
}
