package io.github.counterfoil.internal.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.Call;
import io.github.counterfoil.internal.command.CommandRunner;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Several tickets at the desk of one worker. */
final class PostgresBulkCommands implements BulkCommands {
    private final ServiceContext context;
    private final Actor actor;
    private final List<@Nullable UUID> ticketIds;
    private final @Nullable List<@Nullable Integer> versions;
    private final Call call;

    /**
     * What is missing is told with what is wrong with the commands.
     *
     * @param versions that must hold, in the order of the tickets; null for any
     */
    PostgresBulkCommands(
            ServiceContext context,
            Actor actor,
            List<@Nullable UUID> ticketIds,
            @Nullable List<@Nullable Integer> versions,
            Call call) {
        this.context = context;
        this.actor = actor;
        this.ticketIds = ticketIds;
        this.versions = versions;
        this.call = call;
    }

    @Override
    public BulkCommands once(UUID commandId) {
        return new PostgresBulkCommands(context, actor, ticketIds, versions, call.once(commandId));
    }

    @Override
    public List<Result> apply(List<? extends Command> commands) {
        Faults faults = new Faults();
        CommandRunner<TicketEvent> runner = new CommandRunner<>(
                context, actor, row -> Optional.of(context.events().forAgent(row)), StaleTicket.ForAgent::new);
        return runner.runEach(call, expected(faults), commands, faults).stream()
                .map(PostgresBulkCommands::result)
                .toList();
    }

    /** The version that must hold of each ticket, null for any. */
    private Map<UUID, @Nullable Integer> expected(Faults faults) {
        faults.each("ticket_ids", ticketIds, id -> id == null ? Problem.of("required") : null);
        if (versions != null) {
            faults.each(
                    "versions",
                    versions,
                    version -> version == null ? Problem.of("required") : Problem.range(version, 0, Integer.MAX_VALUE));
        }
        Map<UUID, @Nullable Integer> expected = new LinkedHashMap<>();
        for (int place = 0; place < ticketIds.size(); place++) {
            UUID ticketId = ticketIds.get(place);
            if (ticketId != null) {
                expected.put(ticketId, versions == null ? null : versions.get(place));
            }
        }
        return expected;
    }

    static Result result(CommandRunner.Each<TicketEvent> each) {
        return new Result(each.ticketId(), Optional.ofNullable(each.result()), Optional.ofNullable(each.refusal()));
    }
}
