package io.github.counterfoil.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A null for any parameter of any exported method is refused by name, before a connection is asked for. */
class NullsTest {
    private static final UUID ID = SampleValues.TICKET;
    private static final Unconnected SOURCE = new Unconnected();
    private static final TicketService TICKETS =
            SampleValues.withoutDatabase(SOURCE).build();
    private static final AgentDesk AGENT = TICKETS.agent(SupportTeam.JANE);
    private static final CustomerDesk CUSTOMER = TICKETS.customer(SupportTeam.ADA);
    private static final SampleValues SAMPLES = new SampleValues(SOURCE, SOURCE.connection());

    /** One parameter of one method, with a null in its place, or in it. */
    private record Case(
            Executable taker,
            int place,
            String what,
            @Nullable Object value) {
        boolean mayBeNull() {
            return taker.getParameters()[place].getAnnotatedType().isAnnotationPresent(Nullable.class);
        }

        @Override
        public String toString() {
            return taker.getDeclaringClass().getSimpleName() + "." + taker.getName() + " "
                    + Stream.of(taker.getParameterTypes())
                            .map(Class::getSimpleName)
                            .toList() + " " + place + ": "
                    + what;
        }
    }

    static Stream<Case> nulls() {
        return ExportedApi.takers().stream().flatMap(NullsTest::cases);
    }

    private static Stream<Case> cases(Executable taker) {
        List<Case> cases = new ArrayList<>();
        Type[] types = taker.getGenericParameterTypes();
        Parameter[] parameters = taker.getParameters();
        for (int place = 0; place < parameters.length; place++) {
            Class<?> raw = parameters[place].getType();
            if (raw.isPrimitive()) {
                continue;
            }
            cases.add(new Case(taker, place, "null", null));
            if (raw == java.util.Map.class) {
                Object value = SAMPLES.of(SampleValues.element(types[place], 1));
                Object key = SAMPLES.of(SampleValues.element(types[place], 0));
                cases.add(new Case(taker, place, "a null key", SampleValues.map(null, value)));
                cases.add(new Case(taker, place, "a null value", SampleValues.map(key, null)));
            } else if (SampleValues.holdsElements(raw) && raw != java.util.Optional.class) {
                List<@Nullable Object> elements = new ArrayList<>();
                // What is imported before it would be stored.
                if (raw != Iterator.class) {
                    elements.add(SAMPLES.of(SampleValues.element(types[place], 0)));
                }
                elements.add(null);
                cases.add(new Case(taker, place, "a null within", SampleValues.container(raw, elements)));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void is_refused_by_name(Case given) throws ReflectiveOperationException {
        Throwable thrown = outcome(given);
        if (given.mayBeNull() && given.value() == null) {
            assertThat(thrown).as(given.toString()).isNull();
        } else if (!isAnswer(given.taker())) {
            assertThat(thrown).as(given.toString()).isInstanceOf(InvalidInput.class);
            assertThat(((InvalidInput) thrown).faults())
                    .as("%s", given)
                    .filteredOn(fault -> fault.code().equals("required"))
                    .hasSize(1)
                    .allSatisfy(fault -> assertThat(fault.field()).isNotEmpty());
        } else if (thrown != null) {
            assertThat(thrown).as(given.toString()).isInstanceOf(InvalidInput.class);
        }
    }

    static Stream<Executable> severalTakers() {
        return ExportedApi.takers().stream()
                .filter(taker -> needed(taker).count() > 1)
                .filter(taker -> taker.getDeclaringClass().isInterface() || !isAnswer(taker))
                // The name and the value of a new ticket's field are one place.
                .filter(taker -> taker.getDeclaringClass() != NewTicket.class
                        || !taker.getName().equals("field"));
    }

    private static IntStream needed(Executable taker) {
        Parameter[] parameters = taker.getParameters();
        return IntStream.range(0, parameters.length)
                .filter(place -> !parameters[place].getType().isPrimitive()
                        && !parameters[place].getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    @ParameterizedTest
    @MethodSource("severalTakers")
    void of_all_parameters_are_refused_together(Executable taker) throws ReflectiveOperationException {
        Object[] arguments = samples(taker);
        needed(taker).forEach(place -> arguments[place] = null);
        assertThat(thrown(taker, arguments))
                .as(taker.toString())
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .as("%s", taker)
                                .filteredOn(fault -> fault.code().equals("required"))
                                .hasSize((int) needed(taker).count()));
    }

    @Test
    void there_are_many() {
        assertThat(nulls()).hasSizeGreaterThan(300);
    }

    /** A record that calls return, or that imports report the faults of, item by item. */
    private static boolean isAnswer(Executable taker) {
        Class<?> made = taker instanceof Method method ? method.getReturnType() : taker.getDeclaringClass();
        boolean command = Command.class.isAssignableFrom(made) || CustomerCommand.class.isAssignableFrom(made);
        return !command && (made.isRecord() || made == ImportedTicket.class);
    }

    private static @Nullable Throwable outcome(Case given) throws ReflectiveOperationException {
        Object[] arguments = samples(given.taker());
        arguments[given.place()] = given.value();
        Throwable thrown = thrown(given.taker(), arguments);
        boolean unharmed = thrown == null || thrown instanceof Unconnected.Reached;
        return given.mayBeNull() && given.value() == null && unharmed ? null : thrown;
    }

    private static @Nullable Object[] samples(Executable taker) {
        return Arrays.stream(taker.getGenericParameterTypes()).map(SAMPLES::of).toArray();
    }

    private static @Nullable Throwable thrown(Executable taker, @Nullable Object[] arguments)
            throws ReflectiveOperationException {
        try {
            Object result = taker instanceof Constructor<?> constructor
                    ? constructor.newInstance(arguments)
                    : ((Method) taker).invoke(receiver(taker), arguments);
            return handedOver(result);
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    private static @Nullable Object receiver(Executable taker) {
        return Modifier.isStatic(taker.getModifiers())
                ? null
                : Receivers.of(TICKETS, SAMPLES, taker.getDeclaringClass());
    }

    /** What only holds a null is refused by what it is handed to. */
    private static @Nullable Throwable handedOver(@Nullable Object result) {
        try {
            if (result instanceof CustomerCommand command) {
                CUSTOMER.on(ID).apply(command);
            } else if (result instanceof Command command) {
                AGENT.on(ID).apply(command);
            } else if (result instanceof NewTicket ticket) {
                AGENT.open(ID, ticket);
            } else if (result instanceof NewCustomer customer) {
                TICKETS.people().registerCustomer(customer);
            } else if (result instanceof NewWorker worker) {
                TICKETS.people().registerWorker(worker);
            } else if (result instanceof Customer.Changes changes) {
                TICKETS.people().updateCustomer(ID, changes);
            } else if (result instanceof Worker.Changes changes) {
                TICKETS.people().updateWorker(ID, changes);
            } else if (result instanceof RowLevelSecurity settings) {
                TICKETS.schema().rowLevelSecurity(settings);
            } else if (result instanceof CustomEventType type) {
                TicketService.builder(SOURCE).eventType(type).build();
            } else if (result instanceof PageRequest page) {
                AGENT.on(ID).history(page);
            } else if (result instanceof io.github.counterfoil.desk.BulkCommands bulk) {
                bulk.apply(Command.close());
            } else if (result instanceof Imports.Report report
                    && !report.faults().isEmpty()) {
                // One bad item is one fault of the report.
                Imports.Report.Fault fault = report.faults().get(0);
                return new InvalidInput(fault.field(), fault.code(), null);
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void nulls_of_one_call_come_together() {
        assertThat(faults(() -> AGENT.open(null, NewTicket.of(null, null).priority(null), null)))
                .containsExactly(
                        "command_id.required",
                        "customer_id.required",
                        "description.required",
                        "priority.required",
                        "title.required");
        assertThat(faults(() -> TICKETS.people().registerCustomer(NewCustomer.of(null, "nobody", " ", null), null)))
                .containsExactly(
                        "command_id.required",
                        "email.invalid",
                        "first_name.blank",
                        "id.required",
                        "last_name.required");
        assertThat(faults(() -> TICKETS.people()
                        .updateWorker(null, Worker.Changes.none().email("nobody"), null)))
                .containsExactly("command_id.required", "email.invalid", "id.required");
        assertThat(faults(() -> Worker.Changes.none().name(null, null)))
                .containsExactly("first_name.required", "last_name.required");
        assertThat(faults(() -> TICKETS.figures().worker(null, null, null)))
                .containsExactly("from.required", "to.required", "worker_id.required");
        assertThat(faults(() -> TicketService.builder(SOURCE).usersTable(null, "", "a'")))
                .containsExactly("users_key.invalid", "users_schema.required", "users_table.length");
        assertThat(faults(() -> CUSTOMER.find(
                        TicketQuery.all(), PageRequest.oldestFirst(0).after("?"))))
                .containsExactly("cursor.invalid", "page_size.out_of_range");
        assertThat(faults(() -> CUSTOMER.find(
                        TicketQuery.all().tags("a").unassigned().createdFrom(Instant.MIN), PageRequest.oldestFirst(0))))
                .containsExactly(
                        "page_size.out_of_range",
                        "query.assigned_to.staff_only",
                        "query.created_from.out_of_range",
                        "query.tags.staff_only");
        assertThat(faults(() -> TICKETS.documents().adopt("", null)))
                .containsExactly("options.required", "schema.length");
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("a", null);
        members.put(null, JsonValue.ofNull());
        assertThat(faults(() -> JsonValue.ofObject(members))).containsExactly("value[0].required", "value[1].required");
    }

    private static List<String> faults(Runnable call) {
        try {
            call.run();
            return List.of();
        } catch (InvalidInput e) {
            return e.faults().stream()
                    .map(fault -> fault.field() + "." + fault.code())
                    .toList();
        }
    }
}
