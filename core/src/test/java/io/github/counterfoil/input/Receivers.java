package io.github.counterfoil.input;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.Changes;
import io.github.counterfoil.change.SearchIndex;
import io.github.counterfoil.desk.AdminDesk;
import io.github.counterfoil.desk.AgentCommands;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.desk.AttachmentSweep;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.Automation;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.CustomerCommands;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.desk.CustomerHandle;
import io.github.counterfoil.desk.Redactions;
import io.github.counterfoil.document.Documents;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.people.Directory;
import io.github.counterfoil.people.Figures;
import io.github.counterfoil.people.People;
import io.github.counterfoil.schema.Schema;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.SupportTeam;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/** Whose method is called: what a service gives out, or a value. */
final class Receivers {
    private static final Map<Class<?>, BiFunction<TicketService, UUID, Object>> SERVED = Map.ofEntries(
            Map.entry(TicketService.class, (tickets, ticket) -> tickets),
            Map.entry(AgentDesk.class, (tickets, ticket) -> tickets.agent(SupportTeam.JANE)),
            Map.entry(AdminDesk.class, (tickets, ticket) -> tickets.admin(SupportTeam.EVE)),
            Map.entry(
                    Redactions.class,
                    (tickets, ticket) -> tickets.admin(SupportTeam.EVE).redactions()),
            Map.entry(CustomerDesk.class, (tickets, ticket) -> tickets.customer(SupportTeam.ADA)),
            Map.entry(AgentHandle.class, Receivers::agentHandle),
            Map.entry(AgentCommands.class, Receivers::agentHandle),
            Map.entry(CustomerHandle.class, Receivers::customerHandle),
            Map.entry(CustomerCommands.class, Receivers::customerHandle),
            Map.entry(
                    BulkCommands.class,
                    (tickets, ticket) -> tickets.agent(SupportTeam.JANE).onEach(List.of(ticket))),
            Map.entry(Automation.class, (tickets, ticket) -> tickets.automation(SupportTeam.JANE)),
            Map.entry(People.class, (tickets, ticket) -> tickets.people()),
            Map.entry(
                    Directory.class,
                    (tickets, ticket) -> tickets.agent(SupportTeam.JANE).directory()),
            Map.entry(
                    Figures.class,
                    (tickets, ticket) -> tickets.agent(SupportTeam.JANE).figures()),
            Map.entry(Changes.class, (tickets, ticket) -> tickets.changes()),
            Map.entry(ChangeFeed.class, (tickets, ticket) -> tickets.changes()),
            Map.entry(AttachmentSweep.class, (tickets, ticket) -> tickets.attachments()),
            Map.entry(
                    Attachments.class,
                    (tickets, ticket) -> tickets.customer(ticket).on(ticket).attachments()),
            Map.entry(SearchIndex.class, (tickets, ticket) -> tickets.searchIndex()),
            Map.entry(Imports.class, (tickets, ticket) -> tickets.imports()),
            Map.entry(Documents.class, (tickets, ticket) -> tickets.documents()),
            Map.entry(Schema.class, (tickets, ticket) -> tickets.schema()));

    private Receivers() {}

    static boolean isServed(Class<?> type) {
        return SERVED.containsKey(type);
    }

    static Object of(TicketService tickets, SampleValues samples, Class<?> type) {
        BiFunction<TicketService, UUID, Object> served = SERVED.get(type);
        if (served != null) {
            return served.apply(tickets, samples.ticket());
        }
        return type == TicketService.Builder.class
                ? TicketService.builder((ConnectionSource) samples.of(ConnectionSource.class))
                : samples.of(type);
    }

    private static Object agentHandle(TicketService tickets, UUID ticket) {
        return tickets.agent(SupportTeam.JANE).on(ticket);
    }

    private static Object customerHandle(TicketService tickets, UUID ticket) {
        return tickets.customer(SupportTeam.ADA).on(ticket);
    }
}
