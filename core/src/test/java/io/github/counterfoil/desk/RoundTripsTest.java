package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.EVE;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.testing.CountingProxy;
import io.github.counterfoil.testing.SameConnection;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketFilter;
import io.github.counterfoil.ticket.TicketStatus;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each command and each read is one round trip: counted on the wire, not in our own code. */
class RoundTripsTest {
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

            Map<String, Runnable> calls = agentCalls(team, id);
            customerCalls(team, id).forEach((name, call) -> calls.put("customer " + name, call));
            adminCalls(team).forEach((name, call) -> calls.put("admin " + name, call));
            assertThat(calls.keySet()).as("every method is called here").containsAll(methods());
            Map<String, Integer> counted = new LinkedHashMap<>();
            calls.forEach((name, call) -> counted.put(name, proxy.count(call)));

            assertThat(counted)
                    .allSatisfy((name, trips) -> assertThat(trips).as(name).isEqualTo(1));
            assertThat(team.jane().ticket(id).version())
                    .as("and they did something")
                    .isGreaterThan(15);
        }
    }

    @Test
    void the_first_use_of_a_service_takes_two_more_to_look_at_the_schema() throws SQLException {
        try (TestDatabase database = TestDatabase.withSchema();
                CountingProxy proxy = CountingProxy.before(database.url());
                Connection connection = DriverManager.getConnection(proxy.url())) {
            SupportTeam team = SupportTeam.in(database);
            TicketService tickets =
                    TicketService.builder(new SameConnection(connection)).build();
            UUID id = team.ticket();
            assertThat(proxy.count(() -> tickets.agent(JANE).ticket(id))).isEqualTo(3);
            assertThat(proxy.count(() -> tickets.agent(JANE).ticket(id))).isEqualTo(1);
        }
    }

    private static Map<String, Runnable> agentCalls(SupportTeam team, UUID id) {
        AgentDesk jane = team.jane();
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("agent open", () -> jane.open(ADA, NewTicket.of("Title", "Text")));
        calls.put("agent assign", () -> jane.assign(id, TOM));
        calls.put("agent unassign", () -> jane.unassign(id, TOM));
        calls.put("agent reply", () -> jane.reply(id, "Text"));
        calls.put("agent note", () -> jane.note(id, "Text"));
        calls.put("agent changeStatus", () -> jane.changeStatus(id, TicketStatus.PENDING));
        calls.put("agent close", () -> jane.close(id));
        calls.put("agent reopen", () -> jane.reopen(id));
        calls.put("agent setField", () -> jane.setField(id, "field", "value"));
        calls.put("agent removeField", () -> jane.removeField(id, "field"));
        calls.put("agent setPriority", () -> jane.setPriority(id, Priority.HIGH));
        calls.put("agent retitle", () -> jane.retitle(id, "Other title"));
        calls.put("agent describe", () -> jane.describe(id, "Other text"));
        calls.put("agent tag", () -> jane.tag(id, "a", "b", "c"));
        calls.put("agent untag", () -> jane.untag(id, "a", "b"));
        calls.put("agent moveToCustomer", () -> jane.moveToCustomer(id, BOB));
        calls.put("agent record", () -> jane.record(id, ESCALATED, JsonValue.ofObject(Map.of())));
        calls.put("agent ticket", () -> jane.ticket(id));
        calls.put("agent findTicket", () -> jane.findTicket(id));
        calls.put("agent ticketAt", () -> jane.ticketAt(id, 3));
        calls.put("agent history", () -> jane.history(id, PageRequest.newestFirst(50)));
        calls.put("agent list", () -> jane.list(TicketFilter.all(), PageRequest.newestFirst(50)));
        calls.put("agent once", () -> jane.once(UUID.randomUUID()).note(id, "Text"));
        return calls;
    }

    private static Map<String, Runnable> customerCalls(SupportTeam team, UUID id) {
        CustomerDesk bob = team.bob();
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("open", () -> bob.open(NewTicket.of("Title", "Text").channel("web")));
        calls.put("reply", () -> bob.reply(id, "Text"));
        calls.put("close", () -> bob.close(id));
        calls.put("rate", () -> bob.rate(id, 5, "Fine"));
        calls.put("reopen", () -> bob.reopen(id));
        calls.put("ticket", () -> bob.ticket(id));
        calls.put("findTicket", () -> bob.findTicket(id));
        calls.put("history", () -> bob.history(id, PageRequest.newestFirst(50)));
        calls.put("list", () -> bob.list(Set.of(), PageRequest.newestFirst(50)));
        return calls;
    }

    private static Map<String, Runnable> adminCalls(SupportTeam team) {
        AdminDesk eve = team.tickets().admin(EVE);
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("deactivate", () -> eve.deactivate(TOM));
        calls.put("reactivate", () -> eve.reactivate(TOM));
        calls.put("changeRole", () -> eve.changeRole(TOM, WorkerRole.ADMIN));
        calls.put("erase", () -> eve.erase(ADA));
        return calls;
    }

    private static Set<String> methods() {
        Set<String> methods = new TreeSet<>();
        Stream.of(AgentDesk.class.getMethods()).map(Method::getName).forEach(name -> methods.add("agent " + name));
        Stream.of(CustomerDesk.class.getMethods())
                .map(Method::getName)
                .forEach(name -> methods.add("customer " + name));
        Stream.of(AdminDesk.class.getMethods()).map(Method::getName).forEach(name -> methods.add("admin " + name));
        // These two send nothing; what follows on them does.
        methods.removeAll(Set.of("agent expecting", "customer once", "customer expecting"));
        return methods;
    }
}
