package io.github.counterfoil.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.ToldCalls;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Anything handed to any method that the module exports, on a real database: it is taken or refused, and nothing else.
 * PostgreSQL never has to say that somebody's input is bad.
 */
@ExtendWith(Chance.class)
class AnyInputTest {
    private static final int CASES = Integer.getInteger("counterfoil.inputs", 12_000);

    /** Enough to see which kinds there are. */
    private static final int MOST_FAILURES = 12;

    /** A ticket whose history grows makes every reading of it longer. */
    private static final int CASES_A_TICKET = 100;

    /** What only the database tells, so that it is known after a look into it. */
    private static final Set<String> KNOWN_TO_THE_DATABASE = Set.of(
            "schema.tables_missing",
            "moment.before_creation",
            "version.out_of_range",
            "until.out_of_range",
            "tags.too_many",
            "assigned_to.too_many",
            "custom_fields.too_large",
            "event_id.unknown",
            "members.unknown",
            "members.not_allowed");

    /** Counts who asks for a connection. */
    private record Counted(DataSource connections, AtomicInteger opened) implements ConnectionSource {
        @Override
        public Connection open() throws SQLException {
            opened.incrementAndGet();
            return connections.getConnection();
        }

        @Override
        public void release(Connection connection) throws SQLException {
            connection.close();
        }
    }

    @Test
    void is_taken_or_refused_and_nothing_else() throws ReflectiveOperationException, IOException {
        Random random = Chance.random();
        Map<String, Integer> outcomes = new TreeMap<>();
        List<AssertionError> failures = new ArrayList<>();
        try (TestDatabase database = TestDatabase.withSchema()) {
            Counted source = new Counted(database.connections(), new AtomicInteger());
            ToldCalls told = new ToldCalls();
            TicketService tickets =
                    SampleValues.withoutDatabase(source).observer(told).build();
            SupportTeam team = SupportTeam.registered(tickets);
            AnyValues values = new AnyValues(source, new Unconnected().connection(), random);
            List<Executable> takers = ExportedApi.takers();
            // Two thirds of all that takes something only make a value.
            List<Executable> served = takers.stream()
                    .filter(taker -> Receivers.isServed(taker.getDeclaringClass()))
                    .toList();
            for (int i = 0; i < CASES && failures.size() < MOST_FAILURES; i++) {
                if (i % CASES_A_TICKET == 0) {
                    values.ticket(team.ticket());
                }
                List<Executable> some = random.nextInt(3) == 0 ? served : takers;
                Executable taker = some.get(random.nextInt(some.size()));
                try {
                    outcomes.merge(outcome(i, tickets, values, taker, source.opened()), 1, Integer::sum);
                } catch (AssertionError e) {
                    failures.add(e);
                }
            }
            onlyKnownWords(told);
        }
        System.out.println("inputs: " + outcomes);
        if (!failures.isEmpty()) {
            AssertionError first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
        // Each way out was taken often enough to say something.
        assertThat(outcomes.get("taken")).isGreaterThan(CASES / 10);
        assertThat(outcomes.get("InvalidInput")).isGreaterThan(CASES / 10);
    }

    /** Whatever was handed over, an observer is told nothing but words of Counterfoil's own. */
    private static void onlyKnownWords(ToldCalls told) throws IOException {
        String codes = Files.readString(Path.of("..", "docs", "errors.md"));
        assertThat(told.calls()).hasSizeGreaterThan(CASES / 10).allSatisfy(call -> {
            assertThat(call.operation()).matches("[a-zA-Z]+\\.[a-zA-Z]+");
            assertThat(call.end().sqlState().orElse("00000")).matches("[0-9A-Z]{5}");
            call.end()
                    .error()
                    .ifPresent(error -> assertThat(codes + Unconnected.Reached.class.getName())
                            .contains(error));
        });
        assertThat(told.running()).isZero();
        assertThat(told.calls().stream().map(ToldCalls.Told::operation).distinct())
                .as("different ones")
                .hasSizeGreaterThan(60);
    }

    private static String outcome(
            int place, TicketService tickets, AnyValues values, Executable taker, AtomicInteger opened)
            throws ReflectiveOperationException {
        Object[] arguments = values.anyArguments(taker);
        int before = opened.get();
        Throwable thrown = thrown(tickets, values, taker, arguments);
        Supplier<String> what = () -> "case " + place + ": " + taker.toGenericString() + " of " + described(arguments);
        // The host's connection leads nowhere: what waits on one got as far as that.
        if (thrown != null && !(thrown instanceof Refusal) && !(thrown instanceof Unconnected.Reached)) {
            throw new AssertionError(what.get(), thrown);
        }
        if (thrown instanceof InvalidInput invalid) {
            assertThat(invalid.faults()).as(what).isNotEmpty().allSatisfy(fault -> {
                assertThat(fault.field()).matches("[a-z_]+(\\[[A-Za-z0-9_-]+])?(\\.[a-z_]+(\\[[A-Za-z0-9_-]+])?)*");
                assertThat(fault.code()).matches("[a-z_]+");
            });
            if (opened.get() > before) {
                assertThat(invalid.faults())
                        .as(() -> what.get() + " was sent to PostgreSQL")
                        .allSatisfy(fault -> assertThat(KNOWN_TO_THE_DATABASE)
                                .contains(fault.toString()
                                        .replaceFirst("^commands\\[[0-9]+]\\.", "")
                                        .replaceFirst(" .*", "")));
            }
        }
        return thrown == null ? "taken" : thrown.getClass().getSimpleName();
    }

    private static @Nullable Throwable thrown(
            TicketService tickets, AnyValues values, Executable taker, Object[] arguments)
            throws ReflectiveOperationException {
        try {
            if (taker instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                Object receiver = Modifier.isStatic(taker.getModifiers())
                        ? null
                        : Receivers.of(tickets, values, taker.getDeclaringClass());
                ((Method) taker).invoke(receiver, arguments);
            }
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    private static String described(Object[] arguments) {
        String text = Arrays.deepToString(arguments);
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
