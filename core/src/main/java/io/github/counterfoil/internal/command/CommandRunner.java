package io.github.counterfoil.internal.command;

import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.CommandResult.Outcome;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.CommandFunctions.Applied;
import io.github.counterfoil.internal.command.CommandFunctions.Target;
import io.github.counterfoil.internal.event.EventRow;
import io.github.counterfoil.internal.event.HistoryRepository;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.reference.References;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands for one actor: checks the values, sends the one statement, and turns its answer into a result or an
 * exception.
 *
 * @param <E> the events of the actor's side
 */
public final class CommandRunner<E> {
    private static final int MAX_EVENTS_SINCE = 200;
    private static final int MAX_TICKETS = 200;

    /** Of JSON that a call sends, and gets back, for all its tickets: what a heap and a statement can hold. */
    private static final long MAX_CHARACTERS = 64L * 1024 * 1024;

    /** For all tickets of a call together that others hold. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServiceContext context;
    private final Actor actor;
    private final Function<EventRow, Optional<E>> reader;
    private final StaleAnswer<E> staleAnswer;

    /** Makes the exception of the actor's side. */
    public interface StaleAnswer<E> {
        Refusal of(UUID ticketId, int expected, int actual, List<E> since);
    }

    /** What became of one ticket of several: exactly one of the two is there. */
    public record Each<E>(
            UUID ticketId,
            @Nullable CommandResult<E> result,
            @Nullable Refusal refusal) {}

    public CommandRunner(
            ServiceContext context, Actor actor, Function<EventRow, Optional<E>> reader, StaleAnswer<E> staleAnswer) {
        this.context = context;
        this.actor = actor;
        this.reader = reader;
        this.staleAnswer = staleAnswer;
    }

    /** Applies commands to one ticket as one: all or none. */
    public CommandResult<E> run(Call call, UUID ticketId, List<?> commands) {
        Faults faults = new Faults();
        References.check(call.reference(), faults.in("reference"));
        return apply(call, ticketId, Changes.of(commands, faults, rules()));
    }

    /**
     * Redacts in one ticket, for an administrator.
     *
     * @param args what the function {@code redact_ticket} takes
     */
    public CommandResult<E> redact(UUID commandId, UUID ticketId, JsonObject args) {
        try {
            return apply(Call.PLAIN.once(commandId), ticketId, List.of(Change.of("redact", args)));
        } catch (NotAllowed e) {
            // Whoever is no worker at all is no administrator either.
            throw Objects.requireNonNull(Refused.of("actor.not_admin", actor.id()))
                    .exception();
        }
    }

    private CommandResult<E> apply(Call call, UUID ticketId, List<Change> changes) {
        UUID commandId = call.id();
        Target target = new Target(ticketId, key(ticketId, commandId, changes, call), call.expected());
        String content = json(changes, 1);
        Instant now = context.now();
        Applied applied = CommandFunctions.apply(
                context.database(), commandId, actor, target, now, content, References.json(actor, call.reference()));
        if (applied.refused() != null) {
            throw refusal(target, commandId, applied, applied.refused(), () -> since(target));
        }
        return result(applied);
    }

    /**
     * Applies commands to each of several tickets, each by itself.
     *
     * @param expected the version that must hold of each ticket; null for any
     * @param faults what is wrong with the tickets, thrown with what is wrong with the commands
     */
    public List<Each<E>> runEach(Call call, Map<UUID, @Nullable Integer> expected, List<?> commands, Faults faults) {
        if (expected.size() > MAX_TICKETS) {
            faults.add("ticket_ids", Problem.of("too_many", MAX_TICKETS));
        }
        UUID commandId = call.id();
        return runEach(ticketId -> commandId, expected, Changes.of(commands, faults, rules()), commandId);
    }

    /** As {@link #runEach(Call, Map, List, Faults)}, under an id for each ticket. */
    public List<Each<E>> runEach(
            Function<UUID, UUID> commandIds, Map<UUID, @Nullable Integer> expected, List<Change> changes) {
        return runEach(commandIds, expected, changes, UUID.randomUUID());
    }

    /** What commands change, to be asked for once nothing is wrong with the call: what is wrong with them is added, and not thrown. */
    public Supplier<List<Change>> check(@Nullable List<?> commands, Faults faults) {
        List<Supplier<Change>> changes = Changes.check(commands, faults, rules());
        return () -> changes.stream().map(Supplier::get).toList();
    }

    /** @throws InvalidInput for what is too large for so many tickets */
    public void requireFits(List<Change> changes, int tickets) {
        json(changes, tickets);
    }

    /** @param callId what a call is known by whose outcome nobody knows */
    private List<Each<E>> runEach(
            Function<UUID, UUID> commandIds, Map<UUID, @Nullable Integer> expected, List<Change> changes, UUID callId) {
        List<Target> targets = expected.entrySet().stream()
                .map(one -> new Target(
                        one.getKey(),
                        key(one.getKey(), commandIds.apply(one.getKey()), changes, Call.PLAIN),
                        one.getValue()))
                .toList();
        if (targets.isEmpty()) {
            return List.of();
        }
        String content = json(changes, targets.size());
        Instant now = context.now();
        Map<UUID, Applied> applied =
                CommandFunctions.applyToEach(context.database(), callId, actor, targets, now, content, PATIENCE);
        requireActor(applied.values(), callId);
        return targets.stream()
                .map(target -> each(
                        target,
                        commandIds.apply(target.ticketId()),
                        Objects.requireNonNull(applied.get(target.ticketId()))))
                .toList();
    }

    /** Whoever may do nothing is told so at once; who was deactivated half-way is told what was done until then. */
    private void requireActor(Collection<Applied> applied, UUID commandId) {
        Refused first = applied.iterator().next().refused();
        if (first != null
                && applied.stream()
                        .map(Applied::refused)
                        .allMatch(refused -> refused != null && refused.is("actor.unknown"))) {
            throw context.refusal(actor, first, commandId);
        }
    }

    private Each<E> each(Target target, UUID commandId, Applied applied) {
        Refused refused = applied.refused();
        if (refused == null) {
            return new Each<>(target.ticketId(), result(applied), null);
        }
        return new Each<>(target.ticketId(), null, refusal(target, commandId, applied, refused, List::of));
    }

    private CommandResult<E> result(Applied applied) {
        Outcome outcome = switch (applied.outcome()) {
            case "applied" -> Outcome.APPLIED;
            case "replayed" -> Outcome.REPLAYED;
            case "unchanged" -> Outcome.UNCHANGED;
            default -> throw new IllegalStateException("unknown outcome " + applied.outcome());
        };
        List<E> events = new ArrayList<>(applied.events().size());
        for (EventRow row : applied.events()) {
            reader.apply(row).ifPresent(events::add);
        }
        return new CommandResult<>(applied.ticketId(), applied.version(), outcome, events);
    }

    private Refusal refusal(Target target, UUID commandId, Applied applied, Refused refused, Supplier<List<E>> since) {
        return refused.is("ticket.stale")
                ? staleAnswer.of(
                        target.ticketId(), Objects.requireNonNull(target.expected()), applied.version(), since.get())
                : context.refusal(actor, refused, commandId);
    }

    private List<E> since(Target target) {
        int expected = Objects.requireNonNull(target.expected());
        return HistoryRepository.since(
                context.database(), context.access(actor), target.ticketId(), expected, MAX_EVENTS_SINCE, reader);
    }

    private CommandKey key(UUID ticketId, UUID commandId, List<Change> changes, Call call) {
        String content = changes.size() == 1
                ? changes.get(0).content()
                : changes.stream().map(Change::content).collect(Collectors.joining("\n"));
        return CommandKey.of(actor, ticketId, commandId, content + References.content(call.reference()));
    }

    private String json(List<Change> changes, int tickets) {
        String json = Change.json(changes, context.ticketLimit(), context.indexed());
        // What they are found by goes along, and refuses none.
        if (json.length() * (long) tickets > MAX_CHARACTERS
                && (!context.indexed()
                        || Change.json(changes, context.ticketLimit(), false).length() * (long) tickets
                                > MAX_CHARACTERS)) {
            throw new InvalidInput("commands", "too_large", MAX_CHARACTERS);
        }
        return json;
    }

    private Changes.Rules rules() {
        return new Changes.Rules(actor.isCustomer(), context.workflow(), context.eventTypes(), null);
    }
}
