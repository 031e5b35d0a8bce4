package io.github.counterfoil.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit finds what leaks, however it is wrapped, and nothing else. */
@ExtendWith(Chance.class)
class LeakKitTest {
    private static final UUID SYSTEM = UUID.fromString("00000000-0000-4000-8000-0000000000ff");
    private static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);
    private static final PageRequest PAGE = PageRequest.oldestFirst(200);

    private TestDatabase database;
    private TicketService tickets;

    @BeforeEach
    void open() {
        database = TestDatabase.withSchema();
        tickets = TicketService.builder(database.connections())
                .eventType(FRAUD_CHECK)
                .build();
        tickets.people().registerWorker(NewWorker.of(SYSTEM, "system@example.com", "System", "Account"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    // region: leak-kit
    /** What a host sends to customers who ask for a transcript. */
    private static String transcript(TicketService tickets, UUID customerId, UUID ticketId) {
        StringBuilder text = new StringBuilder();
        for (CustomerEvent event :
                tickets.customer(customerId).on(ticketId).history(PAGE).items()) {
            text.append(event.authorName()).append(": ");
            text.append(event instanceof CustomerEvent.Message message ? message.content() : event.type());
        }
        return text.toString();
    }

    @Test
    void transcripts_hold_nothing_private() {
        LeakKit.on(tickets)
                .eventTypes(FRAUD_CHECK)
                .function("transcript", LeakKitTest::transcript)
                .run()
                .requireNone();
    }
    // endregion

    /** As hosts do it wrong: they ask as the staff and filter by themselves, or not at all. */
    private static List<TicketEvent> staffHistory(TicketService tickets, UUID ticketId) {
        return tickets.agent(SYSTEM).on(ticketId).history(PAGE).items();
    }

    private record Mail(String subject, Object body) {}

    static Stream<Map.Entry<String, CustomerFunction>> leakingFunctions() {
        return Map.<String, CustomerFunction>of(
                "events of the staff's side", (service, customer, ticket) -> staffHistory(service, ticket),
                "a text among others",
                        (service, customer, ticket) -> Map.of("mail", new Mail("Hi", staffHistory(service, ticket))),
                "bytes, as of a PDF",
                        (service, customer, ticket) ->
                                Traces.of(staffHistory(service, ticket)).getBytes(StandardCharsets.UTF_8),
                "Base64",
                        (service, customer, ticket) -> Base64.getEncoder()
                                .encodeToString(
                                        Traces.of(staffHistory(service, ticket)).getBytes(StandardCharsets.UTF_8)),
                "an exception",
                        (service, customer, ticket) -> {
                            throw new IllegalStateException(Traces.of(staffHistory(service, ticket)));
                        },
                "the cause of an exception",
                        (service, customer, ticket) -> {
                            throw new IllegalStateException(
                                    "failed", new IllegalArgumentException(Traces.of(staffHistory(service, ticket))));
                        },
                "in upper case",
                        (service, customer, ticket) ->
                                Traces.of(staffHistory(service, ticket)).toUpperCase(Locale.ROOT),
                "the ticket as the staff sees it",
                        (service, customer, ticket) ->
                                service.agent(SYSTEM).on(ticket).ticket())
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("leakingFunctions")
    void a_leak_is_found_in(Map.Entry<String, CustomerFunction> leaking) {
        LeakReport report = LeakKit.on(tickets)
                .eventTypes(FRAUD_CHECK)
                .function(leaking.getKey(), leaking.getValue())
                .operations(4)
                .seed(Chance.seed())
                .run();
        assertThat(report.leaks()).isNotEmpty().extracting(Leak::function).containsOnly(leaking.getKey());
        assertThatThrownBy(report::requireNone)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed " + Chance.seed())
                .hasMessageContaining(leaking.getKey());
    }

    @Test
    void every_kind_of_secret_is_there_from_the_start_and_is_found() {
        LeakReport report = LeakKit.on(tickets)
                .eventTypes(FRAUD_CHECK)
                .function(
                        "documents",
                        (service, customer, ticket) -> database.query("select id from counterfoil.ticket").stream()
                                .map(id -> service.documents().ticket(UUID.fromString(id)))
                                .toList())
                .function(
                        "workers",
                        (service, customer, ticket) -> Stream.of(4, 5, 6)
                                .map(n -> service.people().worker(new UUID(1, n)))
                                .toList())
                .function(
                        "customers",
                        (service, customer, ticket) -> Stream.of(1, 2, 3)
                                .map(n -> service.people().customer(new UUID(1, n)))
                                .toList())
                .users(ids(1))
                .operations(1)
                .seed(Chance.seed())
                .run();
        assertThat(report.leaks())
                .extracting(Leak::secret)
                .contains(
                        "a note",
                        "the name of a custom field",
                        "the value of a custom field",
                        "a tag",
                        "an event of a private type",
                        "an event of unknown type",
                        "a private message",
                        "the e-mail of an agent",
                        "a skill of an agent",
                        "a metric of an agent",
                        "the e-mail of a customer",
                        "the name of a customer",
                        "a title of another customer's ticket",
                        "a description of another customer's ticket",
                        "an agent's reply of another customer's ticket",
                        "a customer's message of another customer's ticket",
                        "a customer's feedback of another customer's ticket");
    }

    @Test
    void agents_names_leak_where_the_host_chose_to_hide_them() {
        CustomerFunction names =
                (service, customer, ticket) -> service.customer(customer).on(ticket).history(PAGE).items().stream()
                        .map(CustomerEvent::authorName)
                        .toList();
        LeakReport report = LeakKit.on(tickets)
                .agentDisplay(AgentDisplay.team("Support"))
                .function("names", names)
                .seed(Chance.seed())
                .run();
        assertThat(report.leaks())
                .extracting(Leak::secret)
                .containsOnly("the first name of an agent", "the last name of an agent");
        assertThatCode(() -> LeakKit.on(tickets)
                        .function("names", names)
                        .seed(Chance.seed() + 1)
                        .run()
                        .requireNone())
                .doesNotThrowAnyException();
    }

    @Test
    void a_number_that_does_not_follow_the_version_is_no_leak() {
        Map<UUID, Integer> first = new ConcurrentHashMap<>();
        LeakReport report = LeakKit.on(tickets)
                .function(
                        "a number",
                        (service, customer, ticket) -> first.computeIfAbsent(
                                ticket,
                                id -> service.agent(SYSTEM).on(id).ticket().version()))
                .operations(10)
                .seed(Chance.seed())
                .run();
        assertThat(first.values()).anyMatch(version -> version > 999);
        report.requireNone();
    }

    @Test
    void what_gathers_elsewhere_is_searched_too() {
        StringBuilder log = new StringBuilder();
        LeakReport report = LeakKit.on(tickets)
                .function("logged", (service, customer, ticket) -> {
                    log.append(Traces.of(staffHistory(service, ticket)));
                    return null;
                })
                .output("log", () -> {
                    String gathered = log.toString();
                    log.setLength(0);
                    return gathered;
                })
                .operations(40)
                .seed(Chance.seed())
                .run();
        assertThat(report.leaks()).isNotEmpty().extracting(Leak::function).containsOnly("log");
    }

    @Test
    void the_same_seed_plays_the_same_operations() {
        List<LeakReport> reports = Stream.of(1, 2)
                .map(run -> {
                    try (TestDatabase fresh = TestDatabase.withSchema()) {
                        TicketService service =
                                TicketService.builder(fresh.connections()).build();
                        service.people()
                                .registerWorker(NewWorker.of(SYSTEM, "system@example.com", "System", "Account"));
                        return LeakKit.on(service)
                                .function(
                                        "document",
                                        (s, customer, ticket) -> s.documents().ticket(ticket))
                                .users(ids(run))
                                .operations(10)
                                .seed(Chance.seed())
                                .run();
                    }
                })
                .toList();
        assertThat(reports.get(0).canaries()).isEqualTo(reports.get(1).canaries());
        assertThat(tokens(reports.get(0))).isNotEmpty().isEqualTo(tokens(reports.get(1)));
    }

    /** Ids are the users' table's and the database's own. */
    private static List<String> tokens(LeakReport report) {
        return report.leaks().stream()
                .map(Leak::canary)
                .filter(canary -> canary.startsWith("canary"))
                .toList();
    }

    @Test
    void a_run_on_a_database_where_its_seed_was_played_before_says_so() {
        LeakKit.on(tickets).operations(1).run();
        assertThatThrownBy(() -> LeakKit.on(tickets).operations(1).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a database or a seed of its own");
        assertThatCode(() -> LeakKit.on(tickets).operations(1).seed(2).run()).doesNotThrowAnyException();
    }

    private static Supplier<UUID> ids(int run) {
        AtomicLong next = new AtomicLong();
        return () -> new UUID(run, next.incrementAndGet());
    }
}
