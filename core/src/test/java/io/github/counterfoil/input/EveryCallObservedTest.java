package io.github.counterfoil.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.spi.CallObserver.Outcome;
import io.github.counterfoil.spi.CallObserver.Side;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.ToldCalls;
import io.github.counterfoil.testing.ToldCalls.Told;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of whatever a service gives out is told to its observer, once: one that is added cannot be forgotten. */
class EveryCallObservedTest {
    private static final Unconnected SOURCE = new Unconnected();
    private static final SampleValues SAMPLES = new SampleValues(SOURCE, SOURCE.connection());

    private final ToldCalls told = new ToldCalls();
    private final TicketService tickets =
            SampleValues.withoutDatabase(SOURCE).observer(told).build();

    /** What a service gives out, and what that gives out in its turn. */
    private static Set<Class<?>> doors() {
        Set<Class<?>> doors = new LinkedHashSet<>();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(TicketService.class));
        while (!open.isEmpty()) {
            methods(open.remove())
                    .map(Method::getReturnType)
                    .filter(type ->
                            type.isInterface() && type.getName().startsWith(TicketService.class.getPackageName()))
                    .filter(doors::add)
                    .forEach(open::add);
        }
        return doors;
    }

    private static Stream<Method> methods(Class<?> door) {
        return Arrays.stream(door.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers())
                        && method.getDeclaringClass() != Object.class
                        && !method.isSynthetic());
    }

    static Stream<Method> calls() {
        return Stream.concat(Stream.of(TicketService.class), doors().stream())
                .flatMap(EveryCallObservedTest::methods)
                .filter(method -> !leadsOn(method))
                .distinct();
    }

    private static boolean leadsOn(Method method) {
        return doors().contains(method.getReturnType()) || method.getReturnType() == TicketService.class;
    }

    @ParameterizedTest
    @MethodSource("calls")
    void every_method_is_told_once_also_if_it_fails(Method method) throws ReflectiveOperationException {
        Class<?> door = method.getDeclaringClass();
        Object receiver = Receivers.of(tickets, SAMPLES, door);
        Throwable thrown = thrown(receiver, method);
        assertThat(told.calls()).as("%s", method).hasSize(1);
        assertThat(told.running()).isZero();
        Told call = told.calls().get(0);
        assertThat(call.operation()).endsWith("." + method.getName());
        assertThat(call.sameThread()).isTrue();
        assertThat(call.end().outcome() == Outcome.FAILED || call.end().outcome() == Outcome.REFUSED)
                .as("%s of %s", thrown, call)
                .isEqualTo(thrown != null);
        if (thrown != null) {
            assertThat(thrown).as("%s", method).isInstanceOfAny(Unconnected.Reached.class, InvalidInput.class);
        }
    }

    @Test
    void what_leads_to_calls_is_told_of_nothing_and_leads_to_what_is_observed() throws ReflectiveOperationException {
        Set<Class<?>> doors = doors();
        assertThat(doors).hasSizeGreaterThan(17).allMatch(Receivers::isServed);
        for (Class<?> door : doors) {
            Object receiver = Receivers.of(tickets, SAMPLES, door);
            assertThat(Proxy.isProxyClass(receiver.getClass())).as("%s", door).isTrue();
            for (Method method :
                    methods(door).filter(EveryCallObservedTest::leadsOn).toList()) {
                Object next = method.invoke(receiver, arguments(method));
                assertThat(Proxy.isProxyClass(next.getClass())).as("%s", method).isTrue();
            }
        }
        assertThat(told.order()).isEmpty();
    }

    @Test
    void without_an_observer_nothing_stands_before_a_door() {
        TicketService unobserved = SampleValues.withoutDatabase(SOURCE).build();
        for (Class<?> door : doors()) {
            Object receiver = Receivers.of(unobserved, SAMPLES, door);
            assertThat(Proxy.isProxyClass(receiver.getClass())).as("%s", door).isFalse();
        }
    }

    @Test
    void the_page_names_every_door_and_the_number_of_names_stays_small()
            throws ReflectiveOperationException, IOException {
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        Set<String> names = new TreeSet<>();
        for (Method method : calls().toList()) {
            Object receiver = Receivers.of(tickets, SAMPLES, method.getDeclaringClass());
            for (Told call : told.of(() -> thrown(receiver, method))) {
                names.add(call.operation());
            }
        }
        thrown(tickets.changes().forCustomers(), pull());
        thrown(tickets.people(), worker());
        thrown(tickets.figures(), figures());
        told.calls().forEach(call -> names.add(call.operation()));
        assertThat(names.stream()
                        .map(name -> name.substring(0, name.indexOf('.')))
                        .distinct())
                .allSatisfy(door -> assertThat(page).contains("| `" + door + "` |"));
        assertThat(names).hasSizeBetween(100, 160);
    }

    private static Method pull() throws NoSuchMethodException {
        return ChangeFeed.class.getMethod("pull", ChangeFeed.Start.class, int.class);
    }

    private static Method worker() throws NoSuchMethodException {
        return Directory.class.getMethod("worker", UUID.class);
    }

    private static Method figures() throws NoSuchMethodException {
        return Figures.class.getMethod("worker", UUID.class, Instant.class, Instant.class);
    }

    @Test
    void the_side_is_whose_desk_it_is() {
        assertThat(side(() -> tickets.agent(SupportTeam.JANE)
                        .onEach(List.of(SampleValues.TICKET))
                        .apply()))
                .isEqualTo(Side.AGENT);
        assertThat(side(() -> tickets.agent(SupportTeam.JANE).directory().worker(SupportTeam.TOM)))
                .isEqualTo(Side.AGENT);
        assertThat(side(() ->
                        tickets.system(SupportTeam.JANE).on(SampleValues.TICKET).close()))
                .isEqualTo(Side.SYSTEM);
        assertThat(side(() -> tickets.customer(SupportTeam.ADA)
                        .on(SampleValues.TICKET)
                        .close()))
                .isEqualTo(Side.CUSTOMER);
        assertThat(side(() -> tickets.admin(SupportTeam.EVE).redactions().redactAll(SupportTeam.ADA)))
                .isEqualTo(Side.ADMIN);
        assertThat(side(() -> tickets.changes().forCustomers().lag("mail"))).isEqualTo(Side.HOST);
        assertThat(side(() -> tickets.verifyAll())).isEqualTo(Side.HOST);
    }

    private Side side(Runnable call) {
        return told.only(() -> {
                    try {
                        call.run();
                    } catch (RuntimeException e) {
                        assertThat(e).isNotInstanceOf(NullPointerException.class);
                    }
                })
                .side();
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getGenericParameterTypes()).map(SAMPLES::of).toArray();
    }

    private static @Nullable Throwable thrown(Object receiver, Method method) {
        try {
            method.invoke(receiver, arguments(method));
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
