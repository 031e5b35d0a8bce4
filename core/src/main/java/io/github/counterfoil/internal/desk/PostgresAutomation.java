package io.github.counterfoil.internal.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Automation;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.Change;
import io.github.counterfoil.internal.command.CommandKey;
import io.github.counterfoil.internal.command.CommandRunner;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.internal.event.DueEvents;
import io.github.counterfoil.internal.ticket.QueryRepository;
import io.github.counterfoil.internal.ticket.SummaryShape;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one actor does with tickets that are due. */
public final class PostgresAutomation implements Automation {
    private static final Set<String> DONE_BEFORE = Set.of("command_id.reused", "command_id.redacted");

    private final ServiceContext context;
    private final Actor actor;

    public PostgresAutomation(ServiceContext context, UUID actorId) {
        this.context = context;
        this.actor = new Actor(Role.AGENT, actorId);
    }

    @Override
    public Page<BulkCommands.Result> run(
            String rule, TicketQuery due, PageRequest page, List<? extends Command> commands) {
        CommandRunner<TicketEvent> runner = new CommandRunner<>(
                context, actor, row -> Optional.of(context.events().forAgent(row)), StaleTicket.ForAgent::new);
        Access access = context.access(actor);
        Faults faults = new Faults();
        faults.add("rule", TextRules.line(rule, TextRules.MAX_LABEL));
        Supplier<List<Change>> checked = runner.check(commands, faults);
        QueryRepository.check(access, context.searched(), due, page, faults);
        List<Change> changes = checked.get();
        // However many are due.
        runner.requireFits(changes, page.size());
        Page<TicketSummary> found = QueryRepository.find(context.database(), access, SummaryShape.AGENT, due, page);
        return new Page<>(
                found.items().isEmpty() ? List.of() : apply(runner, rule, due, found.items(), changes),
                found.next(),
                found.partial());
    }

    private List<BulkCommands.Result> apply(
            CommandRunner<TicketEvent> runner,
            String rule,
            TicketQuery due,
            List<TicketSummary> found,
            List<Change> changes) {
        Map<UUID, UUID> ids = commandIds(rule, due, found);
        Map<UUID, UUID> firstEvents = new LinkedHashMap<>();
        ids.forEach((ticketId, id) ->
                firstEvents.put(ticketId, CommandKey.of(actor, ticketId, id, "").firstId()));
        Set<UUID> done = DueEvents.having(context.database(), firstEvents);
        Map<UUID, @Nullable Integer> expected = new LinkedHashMap<>();
        found.stream()
                .filter(ticket -> !done.contains(ticket.id()))
                .forEach(ticket -> expected.put(ticket.id(), ticket.version()));
        return runner.runEach(ids::get, expected, changes).stream()
                // Another node did it meanwhile, with the commands of another release.
                .filter(each -> each.refusal() == null
                        || !DONE_BEFORE.contains(each.refusal().code()))
                .map(PostgresBulkCommands::result)
                .toList();
    }

    /** What makes a ticket due again is in its id. */
    private Map<UUID, UUID> commandIds(String rule, TicketQuery due, List<TicketSummary> found) {
        Map<UUID, Integer> answers = due.unansweredSince().isPresent()
                ? DueEvents.answers(
                        context.database(),
                        found.stream().map(TicketSummary::id).toList())
                : Map.of();
        Map<UUID, UUID> ids = new LinkedHashMap<>();
        for (TicketSummary ticket : found) {
            List<Object> parts = new ArrayList<>(List.of("automation", rule, ticket.id()));
            if (!due.statusSince().isAny() || !due.closed().isAny()) {
                parts.add("status since " + ticket.statusSince());
            }
            if (!due.updated().isAny()) {
                parts.add("updated " + ticket.updatedAt());
            }
            if (!due.woke().isAny()) {
                parts.add("woke " + ticket.snoozedUntil().orElse(null));
            }
            if (due.unansweredSince().isPresent()) {
                parts.add("answered " + answers.get(ticket.id()));
            }
            ids.put(ticket.id(), Digest.uuid(parts.toArray()));
        }
        return ids;
    }
}
