package io.github.counterfoil.verification;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.BOB;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static io.github.counterfoil.testing.SupportTeam.TOM;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** Any command of either desk, by anybody: all that random histories write at desks. */
final class AnyCommand {
    static final CustomEventType ESCALATED = CustomEventType.publicType("escalated", 1);
    static final CustomEventType FRAUD_CHECK = CustomEventType.privateType("fraud-check", 1);

    /** After all that happens in random histories. */
    private static final Instant AWAY = Instant.parse("2035-01-01T00:00:00.000001Z");

    private AnyCommand() {}

    static UUID openAsCustomer(SupportTeam team, UUID customerId, NewTicket ticket) {
        return team.tickets().customer(customerId).open(ticket).id();
    }

    static UUID openAsAgent(SupportTeam team, UUID customerId, NewTicket ticket) {
        return team.jane().open(customerId, ticket).id();
    }

    /** One command, or several as one. */
    static CommandResult<?> run(SupportTeam team, UUID id, Random random) {
        int count = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
        if (random.nextInt(4) == 0) {
            List<CustomerCommand> commands =
                    Stream.generate(() -> ofCustomer(random)).limit(count).toList();
            return (random.nextBoolean() ? team.ada() : team.bob()).on(id).apply(commands);
        }
        List<Command> commands =
                Stream.generate(() -> ofAgent(random)).limit(count).toList();
        AgentDesk desk = random.nextBoolean() ? team.jane() : team.tom();
        return random.nextInt(6) == 0
                ? desk.onEach(List.of(id)).apply(commands).get(0).get()
                : desk.on(id).apply(commands);
    }

    private static CustomerCommand ofCustomer(Random random) {
        int n = random.nextInt(5);
        return switch (random.nextInt(5)) {
            case 0 -> Command.close();
            case 1 -> Command.reopen();
            case 2 -> CustomerCommand.rate(1 + n, n == 0 ? null : "Comment " + n);
            default -> Command.reply("Reply " + n);
        };
    }

    private static Command ofAgent(Random random) {
        int n = random.nextInt(3);
        UUID worker = random.nextBoolean() ? JANE : TOM;
        return switch (random.nextInt(25)) {
            case 0 -> Command.assign(worker);
            case 1 -> Command.unassign(worker);
            case 2 -> Command.reply("Reply " + n, List.of(text(n)));
            case 3 -> Command.note("Note " + n);
            case 4, 5 -> Command.close();
            case 6 -> Command.reopen();
            case 7 -> Command.changeStatus(TicketStatus.values()[1 + n]);
            case 8 -> Command.setField("f" + n, JsonValue.of(random.nextInt(3)));
            case 9 -> Command.removeField("f" + n);
            case 10 -> Command.changePriority(Priority.values()[n]);
            case 11 -> Command.changeTitle("Title " + n);
            case 12 -> Command.changeDescription("Text " + n);
            case 13 -> Command.tag("a", "t" + n);
            case 14 -> Command.untag("t" + n, "b");
            case 16 -> Command.deliveryFailed(worker, "email", "Text " + n);
            case 15 -> Command.moveToCustomer(random.nextBoolean() ? ADA : BOB);
            case 17, 18 -> Command.addParticipant(random.nextBoolean() ? ADA : BOB, Participants.Kind.values()[n % 2]);
            case 19 -> Command.removeParticipant(random.nextBoolean() ? ADA : BOB);
            case 20 -> n == 0 ? Command.unfollow(worker) : Command.follow(worker);
            case 21, 22 -> Command.snooze(AWAY.plusSeconds(n));
            case 23 -> Command.unsnooze();
            default -> Command.record(random.nextBoolean() ? ESCALATED : FRAUD_CHECK, text(n));
        };
    }

    private static JsonValue text(int n) {
        return JsonValue.ofObject(Map.of("text", JsonValue.of("Text " + n)));
    }
}
