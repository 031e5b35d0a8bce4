package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.FilesInMemory;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each command and each read is one round trip: counted on the wire, not in our own code. */
class RoundTripsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final CustomEventType ESCALATED = CustomEventType.privateType("escalated", 1);

    @Test
    void every_method_of_every_desk_is_one_round_trip() throws SQLException {
        try (TestDatabase database = TestDatabase.withSchema();
                CountingProxy proxy = CountingProxy.before(database.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            TicketService tickets = TicketService.builder(new SameConnection(connection))
                    .eventType(ESCALATED)
                    .build();
            SupportTeam team = SupportTeam.registered(tickets);
            UUID id = team.ticket();

            UUID other = team.ticket();
            Map<String, Runnable> calls = agentCalls(team, id, other);
            customerCalls(team, id).forEach((name, call) -> calls.put("customer " + name, call));
            adminCalls(team).forEach((name, call) -> calls.put("admin " + name, call));
            assertThat(calls.keySet()).as("every method is called here").containsAll(methods());
            Map<String, Integer> counted = new LinkedHashMap<>();
            calls.forEach((name, call) -> counted.put(name, proxy.count(call)));

            // A transaction of its own, which sees what was committed while it waited.
            assertThat(counted.remove("admin deactivate")).isEqualTo(8);
            assertThat(counted.remove("admin erase")).isEqualTo(28);
            assertThat(counted.remove("admin purge")).isEqualTo(4);
            assertThat(counted)
                    .allSatisfy((name, trips) -> assertThat(trips).as(name).isEqualTo(1));
            assertThat(team.jane().on(id).ticket().version())
                    .as("and they did something")
                    .isGreaterThan(15);
        }
    }

    @Test
    void the_first_use_of_a_service_takes_three_more_to_look_at_the_schema_and_the_server() throws SQLException {
        try (TestDatabase database = TestDatabase.withSchema();
                CountingProxy proxy = CountingProxy.before(database.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            SupportTeam team = SupportTeam.in(database);
            TicketService tickets =
                    TicketService.builder(new SameConnection(connection)).build();
            UUID id = team.ticket();
            assertThat(proxy.count(() -> tickets.agent(JANE).on(id).ticket())).isEqualTo(4);
            assertThat(proxy.count(() -> tickets.agent(JANE).on(id).ticket())).isEqualTo(1);
        }
    }

    @Test
    void a_file_is_uploaded_in_two_round_trips_and_opened_in_one() throws SQLException {
        FilesInMemory store = new FilesInMemory();
        try (TestDatabase database = TestDatabase.withSchema();
                CountingProxy proxy = CountingProxy.before(database.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            TicketService tickets = TicketService.builder(new SameConnection(connection))
                    .attachments(store, 10)
                    .build();
            SupportTeam team = SupportTeam.registered(tickets);
            CustomerHandle ticket = team.ada().on(team.ticket());
            assertThat(proxy.count(() ->
                            ticket.attachments().add("a.txt", "text/plain", new ByteArrayInputStream(new byte[] {1}))))
                    .isEqualTo(2);
            UUID file = store.files().keySet().iterator().next();
            assertThat(proxy.count(() -> ticket.apply(Command.reply("See").with(List.of(file)))))
                    .isEqualTo(1);
            assertThat(proxy.count(() -> ticket.attachments().open(file))).isEqualTo(1);
        }
    }

    private static Map<String, Runnable> agentCalls(SupportTeam team, UUID id, UUID other) {
        AgentDesk jane = team.jane();
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("agent open", () -> jane.open(ADA, NewTicket.of("Title", "Text")));
        calls.put("agent assign", () -> jane.on(id).assign(TOM));
        calls.put("agent unassign", () -> jane.on(id).unassign(TOM));
        calls.put("agent reply", () -> jane.on(id).reply("Text"));
        calls.put("agent note", () -> jane.on(id).note("Text"));
        calls.put("agent changeStatus", () -> jane.on(id).changeStatus(TicketStatus.PENDING));
        calls.put("agent close", () -> jane.on(id).close());
        calls.put("agent reopen", () -> jane.on(id).reopen());
        calls.put("agent setField", () -> jane.on(id).setField("field", "value"));
        calls.put("agent removeField", () -> jane.on(id).removeField("field"));
        calls.put("agent changePriority", () -> jane.on(id).changePriority(Priority.HIGH));
        calls.put("agent changeTitle", () -> jane.on(id).changeTitle("Other title"));
        calls.put("agent changeDescription", () -> jane.on(id).changeDescription("Other text"));
        calls.put("agent tag", () -> jane.on(id).tag("a", "b", "c"));
        calls.put("agent untag", () -> jane.on(id).untag("a", "b"));
        calls.put("agent moveToCustomer", () -> jane.on(id).moveToCustomer(BOB));
        calls.put("agent addParticipant", () -> jane.on(id).addParticipant(ADA, Participants.Kind.COPY));
        calls.put("agent follow", () -> jane.on(id).follow());
        calls.put("agent participants", () -> jane.on(id).participants());
        calls.put("agent removeParticipant", () -> jane.on(id).removeParticipant(ADA));
        calls.put("agent unfollow", () -> jane.on(id).unfollow());
        calls.put("agent snooze", () -> jane.on(id).snooze(Instant.now().plusSeconds(3_600)));
        calls.put("agent unsnooze", () -> jane.on(id).unsnooze());
        calls.put("agent deliveryFailed", () -> jane.on(id).deliveryFailed(id, "email", "550 mailbox full"));
        calls.put("agent record", () -> jane.on(id).record(ESCALATED, JsonValue.ofObject(Map.of())));
        calls.put("agent ticket", () -> jane.on(id).ticket());
        calls.put("agent findTicket", () -> jane.on(id).findTicket());
        calls.put("agent at", () -> jane.on(id).at(3));
        calls.put("agent history", () -> jane.on(id).history(PageRequest.newestFirst(50)));
        calls.put("agent ticketWithHistory", () -> jane.on(id).ticketWithHistory(PageRequest.newestFirst(50)));
        calls.put("agent markRead", () -> jane.on(id).markRead());
        calls.put("agent findByNumber", () -> jane.findByNumber(1));
        calls.put(
                "agent once by reference",
                () -> jane.on(id).once(new Reference("mail", "<1@example.com>")).note("Text"));
        calls.put("agent findReferences", () -> jane.findReferences(List.of(new Reference("mail", "<1@example.com>"))));
        calls.put("agent find", () -> jane.find(TicketQuery.all(), PageRequest.newestFirst(50)));
        calls.put("agent counts", () -> jane.counts(Map.of("all", TicketQuery.all(), "open", TicketQuery.unsolved())));
        calls.put("agent customer", () -> jane.directory().customer(ADA));
        calls.put("agent customerByEmail", () -> jane.directory().customerByEmail("ada@example.com"));
        calls.put("agent customers", () -> jane.directory().customers("a", PageRequest.oldestFirst(50)));
        calls.put("agent worker", () -> jane.directory().worker(TOM));
        calls.put("agent workerByEmail", () -> jane.directory().workerByEmail("tom@example.com"));
        calls.put("agent days", () -> jane.figures().days(DAY, DAY, ZoneOffset.UTC));
        calls.put("agent workers", () -> jane.directory().workers(Worker.Filter.all(), PageRequest.oldestFirst(50)));
        calls.put(
                "agent apply",
                () -> jane.on(id)
                        .apply(Command.reply("Text"), Command.changeStatus(TicketStatus.OPEN), Command.tag("c", "d")));
        calls.put("bulk apply", () -> jane.onEach(List.of(id, other, id)).apply(Command.note("Text")));
        calls.put("agent once", () -> jane.on(id).once(UUID.randomUUID()).note("Text"));
        return calls;
    }

    private static Map<String, Runnable> customerCalls(SupportTeam team, UUID id) {
        CustomerDesk bob = team.bob();
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("open", () -> bob.open(NewTicket.of("Title", "Text").channel("web")));
        calls.put("reply", () -> bob.on(id).reply("Text"));
        calls.put("close", () -> bob.on(id).close());
        calls.put("rate", () -> bob.on(id).rate(5, "Fine"));
        calls.put("reopen", () -> bob.on(id).reopen());
        calls.put("apply", () -> bob.on(id).apply(Command.reply("Text"), Command.close()));
        calls.put("ticket", () -> bob.on(id).ticket());
        calls.put("findTicket", () -> bob.on(id).findTicket());
        calls.put("history", () -> bob.on(id).history(PageRequest.newestFirst(50)));
        calls.put("ticketWithHistory", () -> bob.on(id).ticketWithHistory(PageRequest.newestFirst(50)));
        calls.put("markRead", () -> bob.on(id).markRead());
        calls.put("findByNumber", () -> bob.findByNumber(1));
        calls.put(
                "once by reference",
                () -> bob.on(id).once(new Reference("mail", "<3@example.com>")).reply("Text"));
        calls.put("findReferences", () -> bob.findReferences(List.of(new Reference("mail", "<3@example.com>"))));
        calls.put("find", () -> bob.find(TicketQuery.all(), PageRequest.newestFirst(50)));
        calls.put("counts", () -> bob.counts(Map.of("all", TicketQuery.all(), "open", TicketQuery.unsolved())));
        return calls;
    }

    private static Map<String, Runnable> adminCalls(SupportTeam team) {
        AdminDesk eve = team.tickets().admin(EVE);
        UUID spam = team.ticket();
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("deactivate", () -> eve.deactivate(TOM));
        calls.put("reactivate", () -> eve.reactivate(TOM));
        calls.put("changeRole", () -> eve.changeRole(TOM, WorkerRole.ADMIN));
        calls.put("block", () -> eve.block(ADA));
        calls.put("unblock", () -> eve.unblock(ADA));
        calls.put("erase", () -> eve.erase(ADA));
        calls.put("purge", () -> eve.purge(spam, UUID.randomUUID()));
        calls.put("purgeClosed", () -> eve.purgeClosed(Instant.EPOCH, 1));
        return calls;
    }

    private static Set<String> methods() {
        Set<String> methods = new TreeSet<>();
        for (Class<?> side : List.of(AgentDesk.class, AgentHandle.class, Directory.class, Figures.class)) {
            Stream.of(side.getMethods()).map(Method::getName).forEach(name -> methods.add("agent " + name));
        }
        for (Class<?> side : List.of(CustomerDesk.class, CustomerHandle.class)) {
            Stream.of(side.getMethods()).map(Method::getName).forEach(name -> methods.add("customer " + name));
        }
        Stream.of(AdminDesk.class.getMethods()).map(Method::getName).forEach(name -> methods.add("admin " + name));
        // These send nothing; what follows on them does.
        methods.removeIf(name -> name.matches(
                "(agent|customer|admin) (on|onEach|once|expecting|directory|figures|redactions|attachments)"));
        return methods;
    }
}
