package io.github.counterfoil.spi;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.change.Changes;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.spi.CallObserver.End;
import io.github.counterfoil.spi.CallObserver.Outcome;
import io.github.counterfoil.spi.CallObserver.Side;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.FaultyConnections;
import io.github.counterfoil.testing.LogCapture;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.testing.ToldCalls;
import io.github.counterfoil.testing.ToldCalls.Told;
import io.github.counterfoil.testing.Waiting;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What an observer is told of a call, and that nothing of it changes the call. */
class ObservedCallsTest {
    private static final Supplier<SQLException> LOST = () -> new SQLException("secret", "08006");

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.withSchema();

    private static final SupportTeam TEAM = SupportTeam.in(DATABASE);

    private final ToldCalls told = new ToldCalls();
    private final TicketService tickets =
            TicketService.builder(DATABASE.connections()).observer(told).build();
    private final AgentDesk jane = tickets.agent(JANE);
    private final CustomerDesk ada = tickets.customer(ADA);
    private final UUID id = TEAM.ticket();

    @Test
    void a_command_is_applied_replayed_or_unchanged() {
        UUID once = UUID.randomUUID();
        Told applied = told.only(() -> jane.on(id).once(once).assign(JANE));
        assertThat(applied.operation()).isEqualTo("agent.assign");
        assertThat(applied.side()).isEqualTo(Side.AGENT);
        assertThat(applied.outcome()).isEqualTo("APPLIED");
        assertThat(applied.end().rows()).as("assigned, and open by that").isEqualTo(2);
        assertThat(applied.end().tries()).isEqualTo(1);
        assertThat(applied.end().repeats()).isZero();
        assertThat(applied.sameThread()).isTrue();

        Told replayed = told.only(() -> jane.on(id).once(once).assign(JANE));
        assertThat(replayed.outcome()).isEqualTo("REPLAYED");
        assertThat(replayed.end().rows()).isEqualTo(2);
        assertThat(told.only(() -> jane.on(id).assign(JANE)).outcome()).isEqualTo("UNCHANGED");
        assertThat(told.only(() -> ada.on(id).reply("Hello"))).satisfies(one -> {
            assertThat(one.call()).isEqualTo(new CallObserver.Call("customer.reply", Side.CUSTOMER));
            assertThat(one.outcome()).isEqualTo("APPLIED");
        });
    }

    @Test
    void what_is_refused_is_told_by_its_code() {
        assertThat(refused(() -> jane.on(UUID.randomUUID()).reply("Hello"))).isEqualTo("REFUSED ticket.not_found");
        assertThat(refused(() -> jane.on(id).expecting(7).reply("Hello"))).isEqualTo("REFUSED ticket.stale");
        assertThat(refused(() -> tickets.agent(UUID.randomUUID()).on(id).ticket()))
                .isEqualTo("REFUSED actor.unknown");
        assertThat(refused(() -> tickets.customer(BOB).on(id).history(PageRequest.oldestFirst(1))))
                .isEqualTo("REFUSED ticket.not_found");
        assertThat(refused(() -> tickets.changes().read("nobody", 1))).isEqualTo("REFUSED consumer.unknown");

        Told invalid = told.only(() -> failing(() -> jane.on(id).reply("")));
        assertThat(invalid.outcome()).isEqualTo("REFUSED input.invalid");
        assertThat(invalid.end().tries()).as("nothing was sent").isZero();
        Told stale = told.only(() -> failing(() -> jane.on(id).expecting(7).reply("Hello")));
        assertThat(stale.end().tries()).as("with the look at what was missed").isEqualTo(2);
        assertThat(stale.end().repeats()).isZero();
    }

    private static void failing(ThrowingCallable call) {
        assertThat(catchThrowable(call)).isNotNull();
    }

    private String refused(Runnable call) {
        return told.only(() -> failing(call::run)).outcome();
    }

    @Test
    void tries_and_repeats_are_counted_also_where_the_database_stays_away() {
        FaultyConnections faulty = new FaultyConnections(DATABASE.connections());
        TicketService faltering = TicketService.builder(faulty)
                .observer(told)
                .deadline(Duration.ofMillis(600))
                .build();
        Told first = told.only(() -> faltering.agent(JANE).on(id).ticket());
        assertThat(first.end().tries()).as("with the look at the schema").isEqualTo(1);

        faulty.fail("prepareStatement", 2, LOST);
        Told saved = told.only(() -> faltering.agent(JANE).on(id).ticket());
        assertThat(saved.outcome()).isEqualTo("ANSWERED");
        assertThat(saved.end().tries()).isEqualTo(3);
        assertThat(saved.end().repeats()).isEqualTo(2);

        faulty.fail("prepareStatement", Integer.MAX_VALUE, LOST);
        Told away = told.only(() -> failing(() -> faltering.agent(JANE).on(id).ticket()));
        assertThat(away.outcome()).isEqualTo("FAILED database.unreachable");
        assertThat(away.end().sqlState()).contains("08006");
        assertThat(away.end().tries()).isGreaterThan(1).isEqualTo(away.end().repeats() + 1);
        assertThat(away.end().duration()).isGreaterThan(Duration.ofMillis(10));

        faulty.failAfter("execute", Integer.MAX_VALUE, LOST);
        Told unknown =
                told.only(() -> failing(() -> faltering.agent(JANE).on(id).reply("Hello")));
        assertThat(unknown.outcome()).isEqualTo("FAILED outcome.unknown");
        assertThat(unknown.end().sqlState()).isEmpty();
    }

    @Test
    void a_replica_that_does_not_answer_is_a_try() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere?connectTimeout=1");
        TicketService replicated = TicketService.builder(DATABASE.connections())
                .observer(told)
                .readReplica(nowhere)
                .build();
        replicated.agent(JANE).on(id).ticket();
        Told found = told.only(() -> replicated.agent(JANE).find(TicketQuery.all(), PageRequest.newestFirst(1)));
        assertThat(found.outcome()).isEqualTo("ANSWERED");
        assertThat(found.end().tries()).isEqualTo(2);
        assertThat(found.end().repeats()).isEqualTo(1);
    }

    @Test
    void rows_are_what_came_back() {
        jane.on(id).reply("Hello");
        jane.on(id).note("Careful");
        assertThat(rows(() -> jane.on(id).history(PageRequest.oldestFirst(50)))).isEqualTo(2);
        assertThat(rows(() -> ada.on(id).history(PageRequest.oldestFirst(50))))
                .as("what a customer was given")
                .isEqualTo(1);
        assertThat(rows(() -> jane.on(id).ticketWithHistory(PageRequest.oldestFirst(1))))
                .isEqualTo(1);
        assertThat(rows(() -> jane.on(id).ticket())).isEqualTo(1);
        assertThat(rows(() -> jane.findByNumber(1_000_000))).isZero();
        assertThat(rows(() -> jane.counts(Map.of("a", TicketQuery.all(), "b", TicketQuery.unsolved()))))
                .isEqualTo(2);
        assertThat(rows(() -> jane.on(id).markRead())).isZero();
        assertThat(rows(() -> tickets.verify(id))).isEqualTo(1);
        assertThat(rows(() -> tickets.documents().writeTicket(UUID.randomUUID(), new StringWriter())))
                .isZero();
        UUID imported = UUID.randomUUID();
        assertThat(rows(() -> tickets.imports()
                        .run(List.of(
                                        ImportedTicket.of(imported, NewTicket.of("Old", "Text"), ADA, Instant.EPOCH),
                                        ImportedTicket.of(imported, NewTicket.of("Old", "Text"), BOB, Instant.EPOCH))
                                .iterator())))
                .isEqualTo(1);
        assertThat(rows(() -> tickets.changes().pull(Start.beginning(), 3))).isEqualTo(3);
    }

    /** May throw what nobody else minds. */
    private interface Checked {
        void run() throws IOException;
    }

    private long rows(Checked call) {
        Told one = told.only(() -> {
            try {
                call.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(one.end().outcome()).isEqualTo(Outcome.ANSWERED);
        return one.end().rows();
    }

    @Test
    void of_several_tickets_is_told_whether_one_was_stored_and_otherwise_what_became_of_the_first() {
        UUID missing = UUID.randomUUID();
        Told some = told.only(() -> jane.onEach(List.of(missing, id)).apply(Command.tag("a", "b")));
        assertThat(some.operation()).isEqualTo("bulk.apply");
        assertThat(some.outcome()).isEqualTo("APPLIED");
        assertThat(some.end().rows()).isEqualTo(2);
        assertThat(told.only(() -> jane.onEach(List.of(missing, id)).apply(Command.tag("a")))
                        .outcome())
                .isEqualTo("REFUSED ticket.not_found");
        assertThat(told.only(() -> jane.onEach(List.of(id, missing)).apply(Command.tag("a")))
                        .outcome())
                .isEqualTo("UNCHANGED");
    }

    @Test
    void a_call_that_makes_others_is_told_once() {
        assertThat(told.only(() -> jane.on(id).close()).operation()).isEqualTo("agent.close");
        assertThat(told.only(() -> tickets.people()
                                .registerCustomer(NewCustomer.of(UUID.randomUUID(), unique(), "C", "D")))
                        .operation())
                .isEqualTo("people.registerCustomer");
        Reference reference = new Reference("mail", "<" + UUID.randomUUID() + "@example.com>");
        NewTicket opening = NewTicket.of("Title", "Text").reference(reference);
        assertThat(told.only(() -> jane.open(ADA, opening)).operation()).isEqualTo("agent.open");
        Told again = told.only(() -> jane.open(ADA, opening));
        assertThat(again.operation()).isEqualTo("agent.open");
        assertThat(again.end().tries()).as("with the look at the ticket").isEqualTo(2);
    }

    private static String unique() {
        return UUID.randomUUID() + "@example.com";
    }

    @Test
    void each_page_that_a_host_goes_through_is_a_call() {
        jane.on(id).apply(Command.reply("One"), Command.reply("Two"), Command.reply("Three"));
        List<Told> pages = told.of(() -> PageRequest.oldestFirst(1).forEach(jane.on(id)::history, event -> {}));
        assertThat(pages)
                .extracting(Told::operation)
                .containsOnly("agent.history")
                .hasSize(3);
    }

    @Test
    void what_a_handler_of_changes_does_is_within_the_call_and_its_own_calls_are_told_in_between() {
        Changes changes = tickets.changes();
        changes.register("observed", Start.now());
        jane.on(id).reply("Hello");
        DATABASE.awaitOthers();
        told.of(() -> {});
        int handled = changes.process("observed", 10, (found, transaction) -> {
            tickets.joining(transaction).agent(JANE).on(id).note("Sent");
            Waiting.pause(Duration.ofMillis(30));
        });
        assertThat(handled).isEqualTo(1);
        assertThat(told.order())
                .containsExactly(
                        "changes.process begins", "agent.note begins", "agent.note ends", "changes.process ends");
        Told note = told.calls().get(0);
        Told process = told.calls().get(1);
        assertThat(note.end().tries()).as("joined").isEqualTo(1);
        assertThat(process.end().tries()).as("one transaction").isEqualTo(1);
        assertThat(process.end().rows()).isEqualTo(1);
        assertThat(process.end().duration())
                .isGreaterThan(Duration.ofMillis(30))
                .isGreaterThan(note.end().duration());
        changes.remove("observed");
    }

    @Test
    void a_call_that_the_hosts_iterator_makes_counts_for_itself_and_the_import_goes_on_counting() {
        Iterator<ImportedTicket> asking = Stream.of(UUID.randomUUID())
                .map(imported -> {
                    jane.on(id).ticket();
                    return ImportedTicket.of(imported, NewTicket.of("Old", "Text"), ADA, Instant.EPOCH);
                })
                .iterator();
        List<Told> calls = told.of(() -> tickets.imports().run(asking));
        assertThat(calls).extracting(Told::operation).containsExactly("agent.ticket", "imports.run");
        assertThat(calls.get(0).end().tries()).isEqualTo(1);
        assertThat(calls.get(1).end().tries()).isPositive();
    }

    @Test
    void what_a_host_throws_reaches_it_as_it_is_and_is_told_by_its_class() {
        Changes changes = tickets.changes();
        changes.register("throwing", Start.now());
        jane.on(id).reply("Hello");
        DATABASE.awaitOthers();
        for (Throwable hosts :
                List.of(new IOException("secret"), new IllegalStateException("secret"), new AssertionError("secret"))) {
            Told failed =
                    told.only(() -> assertThatThrownBy(() -> changes.process("throwing", 10, (found, transaction) -> {
                                throw sneaky(hosts);
                            }))
                            .isSameAs(hosts));
            assertThat(failed.outcome()).isEqualTo("FAILED " + hosts.getClass().getName());
        }
        changes.remove("throwing");
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("secret");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Told export =
                told.only(() -> assertThatThrownBy(() -> tickets.documents().writeTicket(id, full))
                        .isInstanceOf(IOException.class));
        assertThat(export.outcome()).isEqualTo("FAILED java.io.IOException");
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    void an_export_ends_when_it_was_written() throws IOException {
        List<String> order = new ArrayList<>();
        TicketService observed = TicketService.builder(DATABASE.connections())
                .observer(call -> {
                    order.add("begins");
                    return end -> order.add("ends " + end.tries());
                })
                .build();
        observed.documents().writeCustomer(ADA, new StringWriter() {
            @Override
            public void write(char[] text, int from, int length) {
                order.add("written");
            }

            @Override
            public void write(String text) {
                order.add("written");
            }

            @Override
            public void write(String text, int from, int length) {
                order.add("written");
            }
        });
        assertThat(order).startsWith("begins", "written").endsWith("written", "ends 1");
    }

    @Test
    void a_reading_at_one_moment_is_a_call_around_those_of_the_host() {
        told.of(() -> {});
        tickets.atOneMoment(moment -> {
            moment.agent(JANE).on(id).ticket();
            failing(() -> moment.agent(JANE).on(id).reply("Hello"));
        });
        assertThat(told.order())
                .containsExactly(
                        "service.atOneMoment begins",
                        "agent.ticket begins",
                        "agent.ticket ends",
                        "agent.reply begins",
                        "agent.reply ends",
                        "service.atOneMoment ends");
        assertThat(told.calls())
                .extracting(Told::outcome)
                .containsExactly("ANSWERED", "FAILED database.read_only", "ANSWERED");
        assertThat(told.calls()).extracting(call -> call.end().tries()).containsExactly(1, 1, 1);
    }

    @Test
    void calls_in_a_transaction_of_the_hosts_are_told() throws SQLException {
        try (Connection transaction = DATABASE.dataSource().getConnection()) {
            transaction.setAutoCommit(false);
            TicketService joined =
                    tickets.joining(transaction).within(Duration.ofSeconds(5)).primary();
            Told reply = told.only(() -> joined.customer(ADA).on(id).reply("Hello"));
            assertThat(reply.call()).isEqualTo(new CallObserver.Call("customer.reply", Side.CUSTOMER));
            assertThat(reply.outcome()).isEqualTo("APPLIED");
            assertThat(reply.end().tries()).isEqualTo(1);
            transaction.rollback();
            transaction.setAutoCommit(true);
            assertThat(refused(() -> joined.customer(ADA).on(id).reply("Hello")))
                    .isEqualTo("FAILED connection.no_transaction");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "end", "nothing"})
    void an_observer_that_throws_breaks_no_call_and_is_logged_once_by_its_class(String where) {
        for (Throwable thrown : List.of(new IllegalStateException("secret"), new AssertionError("secret"))) {
            TicketService tickets = TicketService.builder(DATABASE.connections())
                    .observer(call -> {
                        if (where.equals("begin")) {
                            throw sneaky(thrown);
                        }
                        return where.equals("nothing")
                                ? null
                                : end -> {
                                    throw sneaky(thrown);
                                };
                    })
                    .build();
            UUID ticket = TEAM.ticket();
            try (LogCapture log = LogCapture.open()) {
                assertThat(tickets.agent(JANE).on(ticket).reply("Hello").version())
                        .isEqualTo(1);
                assertThatThrownBy(() ->
                                tickets.agent(JANE).on(ticket).expecting(0).reply("Hello"))
                        .isInstanceOf(StaleTicket.ForAgent.class);
                String name = where.equals("nothing")
                        ? "java.lang.NullPointerException"
                        : thrown.getClass().getName();
                assertThat(log.drain())
                        .containsOnlyOnce("an observer of calls threw " + name + "; what else it throws")
                        .contains("an observer of calls threw " + name + "\n")
                        .doesNotContain("secret");
            }
            assertThat(TEAM.jane().on(ticket).ticket().version()).isEqualTo(1);
        }
    }

    @Test
    void an_observer_is_never_told_contents_or_who() {
        String canary = "canary" + UUID.randomUUID().toString().substring(0, 8);
        UUID customer = UUID.randomUUID();
        List<Told> all = told.of(() -> {
            tickets.people().registerCustomer(NewCustomer.of(customer, canary + "@example.com", canary, canary));
            UUID ticket = tickets.customer(customer)
                    .open(NewTicket.of(canary, canary).channel(canary))
                    .id();
            jane.on(ticket).once(new Reference(canary, canary)).note(canary);
            jane.on(ticket).tag(canary);
            jane.on(ticket).setField(canary, canary);
            jane.find(TicketQuery.all().tags(canary), PageRequest.newestFirst(5));
            failing(() -> jane.on(ticket).tag(canary + "\0"));
            failing(() -> jane.on(ticket).expecting(0).reply(canary));
            failing(() -> tickets.people()
                    .registerCustomer(NewCustomer.of(UUID.randomUUID(), canary + "@example.com", canary, canary)));
            failing(() -> tickets.changes().read(canary, 1));
            failing(() -> tickets.documents().adopt(canary));
            failing(() -> tickets.atOneMoment(moment -> {
                throw new IllegalStateException(canary);
            }));
            tickets.admin(EVE).erase(customer);
            tickets.admin(EVE).purge(ticket);
        });
        assertThat(all)
                .extracting(Told::outcome)
                .contains(
                        "APPLIED",
                        "REFUSED input.invalid",
                        "REFUSED email.taken",
                        "FAILED java.lang.IllegalStateException")
                .hasSize(14);
        assertThat(all.toString())
                .doesNotContain(canary)
                .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}")
                .doesNotContain(customer.toString());
    }

    @Test
    void an_observed_call_sends_what_it_sends_without() throws SQLException {
        try (CountingProxy proxy = CountingProxy.before(DATABASE.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            for (TicketService service : List.of(
                    TicketService.builder(new SameConnection(connection)).build(),
                    TicketService.builder(new SameConnection(connection))
                            .observer(told)
                            .build())) {
                service.agent(JANE).on(id).ticket();
                assertThat(proxy.count(() -> service.agent(JANE).on(id).reply("Hello")))
                        .isEqualTo(1);
                assertThat(proxy.count(() -> service.customer(ADA).find(TicketQuery.all(), PageRequest.newestFirst(5))))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void what_stands_before_a_door_is_equal_to_itself_alone() {
        Object same = List.of(jane).get(0);
        assertThat(jane).isEqualTo(same).isNotEqualTo(tickets.agent(JANE)).hasSameHashCodeAs(same);
        assertThat(told.order()).isEmpty();
    }

    @Test
    void an_end_is_whole() {
        assertThatThrownBy(() -> new End(null, null, null, null, 0, 0, 0))
                .hasMessage("outcome.required, error.required");
    }
}
