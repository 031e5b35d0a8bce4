package io.github.counterfoil.internal.desk;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.BulkCommands;
import io.github.counterfoil.desk.StaleTicket;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.Call;
import io.github.counterfoil.internal.command.CommandRunner;
import io.github.counterfoil.internal.command.ServiceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Several tickets at the desk of one worker. */
final class PostgresBulkCommands implements BulkCommands {
    private final ServiceContext context;
    private final Actor actor;
    private final Map<UUID, @Nullable Integer> expected;
    private final Call call;

    PostgresBulkCommands(ServiceContext context, Actor actor, Map<UUID, @Nullable Integer> expected, Call call) {
        this.context = context;
        this.actor = actor;
        this.expected = expected;
        this.call = call;
    }

    @Override
    public BulkCommands once(UUID commandId) {
        return new PostgresBulkCommands(context, actor, expected, call.once(commandId));
    }

    @Override
    public List<Result> apply(List<? extends Command> commands) {
        CommandRunner<TicketEvent> runner = new CommandRunner<>(
                context, actor, row -> Optional.of(context.events().forAgent(row)), StaleTicket.ForAgent::new);
        return runner.runEach(call, expected, commands).stream()
                .map(PostgresBulkCommands::result)
                .toList();
    }

    private static Result result(CommandRunner.Each<TicketEvent> each) {
        return new Result(each.ticketId(), Optional.ofNullable(each.result()), Optional.ofNullable(each.refusal()));
    }
}
