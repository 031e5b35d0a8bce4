package io.github.counterfoil.input;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.CustomerCommands;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.document.Documents;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.people.People;
import io.github.counterfoil.schema.Schema;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.SupportTeam;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whose method is called: what a service gives out, or a value. */
final class Receivers {
    private static final Map<Class<?>, Function<TicketService, Object>> SERVED = Map.ofEntries(
            Map.entry(TicketService.class, tickets -> tickets),
            Map.entry(AgentDesk.class, tickets -> tickets.agent(SupportTeam.JANE)),
            Map.entry(AdminDesk.class, tickets -> tickets.admin(SupportTeam.EVE)),
            Map.entry(CustomerDesk.class, tickets -> tickets.customer(SupportTeam.ADA)),
            Map.entry(AgentHandle.class, Receivers::agentHandle),
            Map.entry(AgentCommands.class, Receivers::agentHandle),
            Map.entry(CustomerHandle.class, Receivers::customerHandle),
            Map.entry(CustomerCommands.class, Receivers::customerHandle),
            Map.entry(
                    BulkCommands.class,
                    tickets -> tickets.agent(SupportTeam.JANE).onEach(List.of(SampleValues.TICKET))),
            Map.entry(People.class, TicketService::people),
            Map.entry(Imports.class, TicketService::imports),
            Map.entry(Documents.class, TicketService::documents),
            Map.entry(Schema.class, TicketService::schema));

    private Receivers() {}

    static boolean isServed(Class<?> type) {
        return SERVED.containsKey(type);
    }

    static Object of(TicketService tickets, SampleValues samples, Class<?> type) {
        Function<TicketService, Object> served = SERVED.get(type);
        if (served != null) {
            return served.apply(tickets);
        }
        return type == TicketService.Builder.class
                ? TicketService.builder((ConnectionSource) samples.of(ConnectionSource.class))
                : samples.of(type);
    }

    private static Object agentHandle(TicketService tickets) {
        return tickets.agent(SupportTeam.JANE).on(SampleValues.TICKET);
    }

    private static Object customerHandle(TicketService tickets) {
        return tickets.customer(SupportTeam.ADA).on(SampleValues.TICKET);
    }
}
