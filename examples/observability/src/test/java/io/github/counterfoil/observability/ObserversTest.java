package io.github.counterfoil.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.error.Unavailable;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.spi.CallObserver;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The recipes, on calls of a real database. */
class ObserversTest {
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID JANE = UUID.randomUUID();

    private static EmbeddedPostgresql server;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();
    private final TicketService tickets = observed(server.dataSource());

    @BeforeAll
    static void start() {
        server = EmbeddedPostgresql.startInMemory();
        TicketService tickets = TicketService.builder(server.dataSource()).build();
        tickets.schema().apply();
        tickets.people().registerCustomer(NewCustomer.of(ADA, "ada@example.com", "Ada", "Lovelace"));
        tickets.people().registerWorker(NewWorker.of(JANE, "jane@example.com", "Jane", "Smith"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private TicketService observed(DataSource dataSource) {
        // region: both
        CallObserver metrics = new MicrometerObserver(registry);
        CallObserver traces = new OpenTelemetryObserver(telemetry);
        TicketService tickets = TicketService.builder(dataSource)
                .observer(call -> {
                    CallObserver.Observation measured = metrics.begin(call);
                    CallObserver.Observation traced = traces.begin(call);
                    return end -> {
                        traced.end(end);
                        measured.end(end);
                    };
                })
                .build();
        // endregion
        return tickets;
    }

    @Test
    void micrometer_times_calls_by_operation_side_outcome_and_error() {
        UUID id = tickets.customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        tickets.agent(JANE).on(id).assign(JANE);
        tickets.agent(JANE).on(id).assign(JANE);
        assertThatThrownBy(() -> tickets.agent(JANE).on(UUID.randomUUID()).assign(JANE))
                .isInstanceOf(TicketNotFound.class);

        assertThat(timer("agent.assign", "agent", "applied", "none").count()).isEqualTo(1);
        assertThat(timer("agent.assign", "agent", "unchanged", "none").count()).isEqualTo(1);
        assertThat(timer("agent.assign", "agent", "refused", "ticket.not_found").count())
                .isEqualTo(1);
        Timer opening = timer("customer.open", "customer", "answered", "none");
        assertThat(opening.count()).isEqualTo(1);
        assertThat(opening.totalTime(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(registry.get("counterfoil.rows")
                        .tag("operation", "agent.assign")
                        .summary()
                        .totalAmount())
                .as("the assignment, and the ticket's opening by it")
                .isEqualTo(2);
        assertThat(registry.get("counterfoil.repeats")
                        .tag("operation", "agent.assign")
                        .counter()
                        .count())
                .isZero();
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::toString)
                .noneMatch(meter -> meter.contains(id.toString()) || meter.contains("fire") || meter.contains("Ada"));
    }

    private Timer timer(String operation, String side, String outcome, String error) {
        return registry.get("counterfoil.calls")
                .tags("operation", operation, "side", side, "outcome", outcome, "error", error)
                .timer();
    }

    @Test
    void opentelemetry_has_a_span_of_each_call_under_that_of_the_caller() {
        Span request = telemetry.getTracer("host").spanBuilder("POST /reply").startSpan();
        UUID id = tickets.customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        spans.reset();
        try (var scope = request.makeCurrent()) {
            tickets.agent(JANE).on(id).reply("Please unplug it.");
            assertThatThrownBy(() -> tickets.agent(JANE).on(UUID.randomUUID()).ticket())
                    .isInstanceOf(TicketNotFound.class);
            assertThat(Span.current()).isSameAs(request);
        } finally {
            request.end();
        }
        List<SpanData> seen = spans.getFinishedSpanItems();
        assertThat(seen)
                .extracting(SpanData::getName)
                .containsExactly("counterfoil agent.reply", "counterfoil agent.ticket", "POST /reply");
        SpanData reply = seen.get(0);
        assertThat(reply.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(reply.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
        assertThat(reply.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attribute(reply, "counterfoil.outcome")).isEqualTo("applied");
        assertThat(reply.getAttributes().get(AttributeKey.longKey("counterfoil.rows")))
                .isEqualTo(1);
        SpanData refused = seen.get(1);
        assertThat(refused.getStatus().getStatusCode()).as("an answer").isEqualTo(StatusCode.UNSET);
        assertThat(attribute(refused, "counterfoil.refusal")).isEqualTo("ticket.not_found");
        assertThat(seen.toString()).doesNotContain("unplug", id.toString());
    }

    @Test
    void a_handlers_calls_are_children_of_the_call_that_it_is_in() throws SQLException {
        tickets.changes().register("mail", Start.now());
        UUID id = tickets.customer(ADA)
                .open(NewTicket.of("Printer on fire", "It burns."))
                .id();
        spans.reset();
        tickets.changes()
                .process(
                        "mail",
                        10,
                        (changes, transaction) ->
                                tickets.joining(transaction).agent(JANE).on(id).note("Told by mail"));
        assertThat(spans.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactly("counterfoil agent.note", "counterfoil changes.process");
        assertThat(spans.getFinishedSpanItems().get(0).getParentSpanId())
                .isEqualTo(spans.getFinishedSpanItems().get(1).getSpanId());
        tickets.changes().remove("mail");
    }

    @Test
    void what_the_database_fails_is_an_error_with_its_sqlstate() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        TicketService away = observed(nowhere);
        assertThatThrownBy(() -> away.agent(JANE).find(TicketQuery.all(), PageRequest.newestFirst(5)))
                .isInstanceOf(Unavailable.class);
        assertThat(spans.getFinishedSpanItems()).singleElement().satisfies(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(SpanId.getInvalid());
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(attribute(span, "error.type")).isEqualTo("database.unreachable");
            assertThat(attribute(span, "db.response.status_code")).isEqualTo("08001");
        });
        assertThat(timer("agent.find", "agent", "failed", "database.unreachable")
                        .count())
                .isEqualTo(1);
    }

    private static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }
}
