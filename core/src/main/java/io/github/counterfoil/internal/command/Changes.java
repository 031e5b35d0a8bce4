package io.github.counterfoil.internal.command;

import static java.util.Map.entry;

import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.internal.event.Redacted;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.search.Searched;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each command is: which values it takes, what it changes, and what the workflow makes of it. */
final class Changes {
    private static final int MAX_COMMANDS = 50;

    /** What a full ticket still takes: a note, a reason, a short description. */
    private static final long SMALL_BYTES = 16L * 1024;

    /** Reopening is for closed tickets; an open one is open already. */
    private static final Set<TicketStatus> NEVER_CLOSED = EnumSet.of(TicketStatus.NEW, TicketStatus.PENDING);

    /** What is done needs no putting off. */
    private static final Set<TicketStatus> CLOSED = EnumSet.of(TicketStatus.CLOSED);

    /** A resolution can be rated once there is one. */
    private static final Set<TicketStatus> NOT_CLOSED = EnumSet.complementOf(EnumSet.of(TicketStatus.CLOSED));

    /**
     * Who applies a command, and by which rules.
     *
     * @param customer whether it is a customer
     * @param place of the command among several; null for one alone
     */
    record Rules(
            boolean customer,
            Workflow workflow,
            EventTypes eventTypes,
            @Nullable Integer place) {
        Rules at(int index) {
            return new Rules(customer, workflow, eventTypes, index);
        }

        void requireLeave(boolean given) {
            if (customer && !given) {
                throw new NotAllowed("transition.not_allowed", "the workflow leaves this to the staff", place);
            }
        }
    }

    /** Checks a command's values at once; the change is made when all commands of the call have passed. */
    private interface Maker<C> {
        Supplier<Change> make(C command, Faults faults, Rules rules);
    }

    private static final Map<Class<?>, Maker<?>> MAKERS = Map.ofEntries(
            maker(Command.Reply.class, Changes::reply),
            maker(Command.Note.class, Changes::note),
            maker(Command.Assign.class, Changes::assign),
            maker(
                    Command.Unassign.class,
                    (command, faults, rules) -> person("unassign", "worker", command.workerId(), faults)),
            maker(Command.ChangeStatus.class, Changes::changeStatus),
            maker(Command.Close.class, Changes::close),
            maker(Command.Reopen.class, Changes::reopen),
            maker(Command.SetField.class, Changes::setField),
            maker(Command.RemoveField.class, Changes::removeField),
            maker(Command.ChangePriority.class, Changes::changePriority),
            maker(Command.ChangeTitle.class, Changes::changeTitle),
            maker(Command.ChangeDescription.class, Changes::changeDescription),
            maker(
                    Command.Tag.class,
                    (command, faults, rules) ->
                            tags("tag", command.tags(), tag -> TextRules.line(tag, TextRules.MAX_LABEL), faults)),
            maker(
                    Command.Untag.class,
                    (command, faults, rules) -> tags("untag", command.tags(), TextRules::storable, faults)),
            maker(
                    Command.MoveToCustomer.class,
                    (command, faults, rules) -> person("move", "customer", command.customerId(), faults)),
            maker(Command.AddParticipant.class, Changes::addParticipant),
            maker(
                    Command.RemoveParticipant.class,
                    (command, faults, rules) -> person("remove-participant", "customer", command.customerId(), faults)),
            maker(
                    Command.Follow.class,
                    (command, faults, rules) ->
                            () -> follower("follow", command.workerId()).limit(TextRules.MAX_FOLLOWERS)),
            maker(Command.Unfollow.class, (command, faults, rules) -> () -> follower("unfollow", command.workerId())),
            maker(Command.Snooze.class, Changes::snooze),
            maker(Command.Unsnooze.class, (command, faults, rules) -> () -> Change.of("snooze", new JsonObject())),
            maker(Command.DeliveryFailed.class, Changes::deliveryFailed),
            maker(Command.RecordEvent.class, Changes::record),
            maker(CustomerCommand.Rate.class, Changes::rate));

    private Changes() {}

    /**
     * @throws InvalidInput for values beyond the limits, those of all commands together; with several commands, a field is
     *     named {@code commands[n].field}
     * @throws NotAllowed if the workflow leaves a command to the staff
     */
    static List<Change> of(List<?> commands, Faults faults, Rules rules) {
        faults.value("commands", commands);
        List<Supplier<Change>> changes = check(commands, faults, rules);
        faults.throwIfAny();
        return changes.stream().map(Supplier::get).toList();
    }

    /** The same, if there is no fault; else what it gives is of no use. */
    static List<Supplier<Change>> check(@Nullable List<?> commands, Faults faults, Rules rules) {
        if (commands == null) {
            faults.add("commands", Problem.of("required"));
            return List.of();
        }
        if (commands.isEmpty() || commands.size() > MAX_COMMANDS) {
            faults.add("commands", commands.isEmpty() ? Problem.of("required") : Problem.of("too_many", MAX_COMMANDS));
        }
        List<Supplier<Change>> changes = new ArrayList<>(commands.size());
        for (int i = 0; i < commands.size() && i < MAX_COMMANDS; i++) {
            Object command = commands.get(i);
            String place = "commands[" + i + "]";
            if (command == null) {
                faults.add(place, Problem.of("required"));
            } else if (!MAKERS.containsKey(command.getClass())
                    || (rules.customer() && !(command instanceof CustomerCommand))) {
                // What the compiler refuses, unless it was told to look away.
                faults.add(place, Problem.of("not_allowed"));
            } else {
                changes.add(
                        commands.size() == 1
                                ? make(command, faults, rules)
                                : make(command, faults.in(place), rules.at(i)));
            }
        }
        return changes;
    }

    @SuppressWarnings("unchecked")
    private static <C> Supplier<Change> make(C command, Faults faults, Rules rules) {
        Maker<C> maker = (Maker<C>) Objects.requireNonNull(MAKERS.get(command.getClass()));
        return maker.make(command, faults, rules);
    }

    private static <C> Map.Entry<Class<?>, Maker<?>> maker(Class<C> type, Maker<C> maker) {
        return entry(type, maker);
    }

    /** An object of the host's that passes for a file of the same message would hide what becomes of that. */
    private static @Nullable Problem attachment(@Nullable JsonValue attachment, List<UUID> uploads) {
        Problem problem = ValueRules.object(attachment, ValueRules.MAX_VALUE_BYTES);
        if (problem != null || attachment == null || uploads.isEmpty()) {
            return problem;
        }
        JsonValue id = attachment.members().get("id");
        boolean taken = uploads.stream()
                .filter(Objects::nonNull)
                .anyMatch(upload -> JsonValue.of(upload.toString()).equals(id));
        return taken ? Problem.of("duplicate") : null;
    }

    private static Supplier<Change> reply(Command.Reply command, Faults faults, Rules rules) {
        boolean alone = command.attachments().isEmpty() && command.uploads().isEmpty();
        faults.require("text", command.text());
        faults.add("text", alone ? TextRules.content(command.text()) : TextRules.optionalContent(command.text()));
        int attachments = command.attachments().size() + command.uploads().size();
        if (attachments > TextRules.MAX_ATTACHMENTS) {
            faults.add(
                    command.uploads().isEmpty() ? "attachments" : "uploads",
                    Problem.of("too_many", TextRules.MAX_ATTACHMENTS));
        }
        faults.each("uploads", command.uploads(), upload -> upload == null ? Problem.of("required") : null);
        if (Set.copyOf(command.uploads().stream().filter(Objects::nonNull).toList())
                        .size()
                < command.uploads().stream().filter(Objects::nonNull).count()) {
            faults.add("uploads", Problem.of("duplicate"));
        }
        faults.each("attachments", command.attachments(), attachment -> attachment(attachment, command.uploads()));
        return () -> {
            JsonObject args = appended(
                    "message",
                    Visibility.PUBLIC,
                    body -> body.put("content", command.text()).putValues("attachments", command.attachments()));
            if (!command.uploads().isEmpty()) {
                args.putStrings(
                        "uploads",
                        command.uploads().stream().map(UUID::toString).toList());
            }
            Change reply = Change.of("append", args).whenFull(0).searched(() -> Searched.text(command.text()));
            return rules.customer() ? followed(reply, rules.workflow()) : reply;
        };
    }

    private static Change followed(Change reply, Workflow workflow) {
        Map<TicketStatus, TicketStatus> moves = new EnumMap<>(TicketStatus.class);
        if (workflow.customerReplyOpensPending()) {
            moves.put(TicketStatus.PENDING, TicketStatus.OPEN);
        }
        if (workflow.replyToClosed() == Workflow.ReplyToClosed.REOPENS) {
            moves.put(TicketStatus.CLOSED, TicketStatus.OPEN);
        }
        boolean refused = workflow.replyToClosed() == Workflow.ReplyToClosed.REFUSED;
        return reply.moves(moves).refusedIn(refused ? Set.of(TicketStatus.CLOSED) : Set.of());
    }

    private static Supplier<Change> note(Command.Note command, Faults faults, Rules rules) {
        faults.add("text", TextRules.content(command.text()));
        return () -> append("note-added", Visibility.PRIVATE, body -> body.put("content", command.text()))
                .searched(() -> Searched.text(command.text()));
    }

    private static Supplier<Change> deliveryFailed(Command.DeliveryFailed command, Faults faults, Rules rules) {
        faults.require("event_id", command.eventId());
        faults.add("channel", TextRules.line(command.channel(), TextRules.MAX_LABEL));
        faults.add("reason", TextRules.content(command.reason()));
        return () -> append(
                "delivery-failed",
                Visibility.PRIVATE,
                body -> body.put("event_id", command.eventId().toString())
                        .put("channel", command.channel())
                        .put("reason", command.reason()));
    }

    private static Supplier<Change> record(Command.RecordEvent command, Faults faults, Rules rules) {
        faults.require("event_type", command.type());
        if (command.type() != null && !rules.eventTypes().isRegistered(command.type())) {
            faults.add("event_type", Problem.of("unregistered"));
        }
        Problem problem = ValueRules.object(command.body(), ValueRules.MAX_BODY_BYTES);
        faults.add("body", problem);
        if (problem == null) {
            Set<String> members = command.body().members().keySet();
            Stream.concat(EventTypes.RESERVED_MEMBERS.stream(), Stream.of("version", Redacted.MEMBER))
                    .filter(members::contains)
                    .forEach(name -> faults.add("body." + name, Problem.of("reserved")));
        }
        return () -> append(command.type().name(), command.type().visibility(), members -> {
            members.putAll(command.body());
            members.put("version", command.type().version());
        });
    }

    private static Supplier<Change> assign(Command.Assign command, Faults faults, Rules rules) {
        Map<TicketStatus, TicketStatus> moves =
                rules.workflow().firstAssignmentOpens() ? Map.of(TicketStatus.NEW, TicketStatus.OPEN) : Map.of();
        Supplier<Change> change = person("assign", "worker", command.workerId(), faults);
        return () -> change.get().limit(TextRules.MAX_ASSIGNEES).moves(moves);
    }

    private static Supplier<Change> person(String name, String kind, UUID id, Faults faults) {
        faults.require(kind + "_id", id);
        return () -> Change.of(name, new JsonObject().put(kind, id.toString()));
    }

    private static Supplier<Change> addParticipant(Command.AddParticipant command, Faults faults, Rules rules) {
        faults.require("customer_id", command.customerId());
        faults.require("kind", command.kind());
        return () -> Change.of(
                        "add-participant",
                        new JsonObject()
                                .put("customer", command.customerId().toString())
                                .put("kind", command.kind().wireName()))
                .limit(TextRules.MAX_PARTICIPANTS);
    }

    private static Change follower(String name, @Nullable UUID workerId) {
        return Change.of(
                name, workerId == null ? new JsonObject() : new JsonObject().put("worker", workerId.toString()));
    }

    private static Supplier<Change> snooze(Command.Snooze command, Faults faults, Rules rules) {
        faults.add("until", MomentRules.moment(command.until()));
        return () -> Change.of(
                        "snooze",
                        new JsonObject()
                                .put(
                                        "until",
                                        MomentRules.ceiling(command.until()).toString()))
                .limit(MomentRules.MAX_SNOOZE_SECONDS)
                .refusedIn(CLOSED);
    }

    private static Supplier<Change> changeStatus(Command.ChangeStatus command, Faults faults, Rules rules) {
        faults.require("status", command.status());
        faults.add("status", command.status() == TicketStatus.NEW ? Problem.of("not_reachable") : null);
        return () -> status(command.status());
    }

    private static Supplier<Change> close(Command.Close command, Faults faults, Rules rules) {
        rules.requireLeave(rules.workflow().customerMayClose());
        return () -> status(TicketStatus.CLOSED);
    }

    private static Supplier<Change> reopen(Command.Reopen command, Faults faults, Rules rules) {
        rules.requireLeave(rules.workflow().customerMayReopen());
        return () -> status(TicketStatus.OPEN).refusedIn(NEVER_CLOSED);
    }

    private static Change status(TicketStatus status) {
        return value("status", status.wireName());
    }

    private static Supplier<Change> setField(Command.SetField command, Faults faults, Rules rules) {
        faults.add("name", TextRules.fieldName(command.name()));
        faults.add("value", ValueRules.value(command.value(), ValueRules.MAX_VALUE_BYTES));
        return () -> Change.of(
                        "set-field",
                        new JsonObject().put("name", command.name()).put("value", command.value()))
                .limit(ValueRules.MAX_FIELDS_BYTES)
                .searched(() -> Searched.value(command.value()));
    }

    private static Supplier<Change> removeField(Command.RemoveField command, Faults faults, Rules rules) {
        // Imports bring fields of any name, and what came in can be taken out.
        faults.add("name", TextRules.storable(command.name()));
        return () -> Change.of("remove-field", new JsonObject().put("name", command.name()));
    }

    private static Supplier<Change> changePriority(Command.ChangePriority command, Faults faults, Rules rules) {
        faults.require("priority", command.priority());
        return () -> value("priority", command.priority().wireName());
    }

    private static Supplier<Change> changeTitle(Command.ChangeTitle command, Faults faults, Rules rules) {
        faults.add("title", TextRules.line(command.title(), TextRules.MAX_TITLE));
        return () -> value("title", command.title()).searched(() -> Searched.title(command.title()));
    }

    private static Supplier<Change> changeDescription(Command.ChangeDescription command, Faults faults, Rules rules) {
        faults.add("description", TextRules.content(command.description()));
        return () -> value("description", command.description())
                .whenFull(SMALL_BYTES)
                .searched(() -> Searched.description(command.description()));
    }

    private static Supplier<Change> tags(
            String name, List<String> tags, Function<String, @Nullable Problem> rule, Faults faults) {
        faults.add("tags", tags.isEmpty() ? Problem.of("required") : null);
        faults.each("tags", tags, rule);
        return () -> Change.of(
                        name,
                        new JsonObject()
                                .putStrings("tags", tags.stream().distinct().toList()))
                .limit(TextRules.MAX_TAGS);
    }

    private static Supplier<Change> rate(CustomerCommand.Rate command, Faults faults, Rules rules) {
        faults.add("rating", Problem.range(command.rating(), 1, 5));
        faults.add("comment", TextRules.optionalContent(command.comment()));
        return () -> Change.of(
                        "rate", new JsonObject().put("rating", command.rating()).put("comment", command.comment()))
                .refusedIn(NOT_CLOSED)
                .whenFull(SMALL_BYTES);
    }

    private static Change value(String name, String value) {
        return Change.of(name, new JsonObject().put("value", value));
    }

    private static Change append(String type, Visibility visibility, Consumer<JsonObject> body) {
        return Change.of("append", appended(type, visibility, body)).whenFull(SMALL_BYTES);
    }

    private static JsonObject appended(String type, Visibility visibility, Consumer<JsonObject> body) {
        return new JsonObject()
                .put("type", type)
                .put("visibility", visibility.wireName())
                .put("body", body);
    }
}
