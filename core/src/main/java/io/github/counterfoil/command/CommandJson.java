package io.github.counterfoil.command;

import static java.util.Map.entry;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Commands as JSON: which one it is, and its components. */
final class CommandJson {
    private static final String NAME = "command";

    private record Kind<C extends AsJson>(Class<C> type, Function<JsonFields, C> reader) {}

    private static final Map<String, Kind<?>> KINDS = Map.ofEntries(
            entry(
                    "reply",
                    new Kind<>(
                            Command.Reply.class,
                            f -> new Command.Reply(f.text("text"), f.values("attachments"), f.ids("uploads")))),
            entry("note", new Kind<>(Command.Note.class, f -> new Command.Note(f.text("text")))),
            entry("assign", new Kind<>(Command.Assign.class, f -> new Command.Assign(f.id("worker_id")))),
            entry("unassign", new Kind<>(Command.Unassign.class, f -> new Command.Unassign(f.id("worker_id")))),
            entry(
                    "change-status",
                    new Kind<>(
                            Command.ChangeStatus.class,
                            f -> new Command.ChangeStatus(f.constant("status", TicketStatus.class)))),
            entry("close", new Kind<>(Command.Close.class, f -> new Command.Close())),
            entry("reopen", new Kind<>(Command.Reopen.class, f -> new Command.Reopen())),
            entry(
                    "set-field",
                    new Kind<>(Command.SetField.class, f -> new Command.SetField(f.text("name"), f.value("value")))),
            entry("remove-field", new Kind<>(Command.RemoveField.class, f -> new Command.RemoveField(f.text("name")))),
            entry(
                    "change-priority",
                    new Kind<>(
                            Command.ChangePriority.class,
                            f -> new Command.ChangePriority(f.constant("priority", Priority.class)))),
            entry("change-title", new Kind<>(Command.ChangeTitle.class, f -> new Command.ChangeTitle(f.text("title")))),
            entry(
                    "change-description",
                    new Kind<>(
                            Command.ChangeDescription.class,
                            f -> new Command.ChangeDescription(f.text("description")))),
            entry("tag", new Kind<>(Command.Tag.class, f -> new Command.Tag(f.texts("tags")))),
            entry("untag", new Kind<>(Command.Untag.class, f -> new Command.Untag(f.texts("tags")))),
            entry(
                    "move-to-customer",
                    new Kind<>(Command.MoveToCustomer.class, f -> new Command.MoveToCustomer(f.id("customer_id")))),
            entry(
                    "add-participant",
                    new Kind<>(
                            Command.AddParticipant.class,
                            f -> new Command.AddParticipant(
                                    f.id("customer_id"), f.constant("kind", Participants.Kind.class)))),
            entry(
                    "remove-participant",
                    new Kind<>(
                            Command.RemoveParticipant.class, f -> new Command.RemoveParticipant(f.id("customer_id")))),
            entry("follow", new Kind<>(Command.Follow.class, f -> new Command.Follow(f.optionalId("worker_id")))),
            entry("unfollow", new Kind<>(Command.Unfollow.class, f -> new Command.Unfollow(f.optionalId("worker_id")))),
            entry("snooze", new Kind<>(Command.Snooze.class, f -> new Command.Snooze(f.moment("until")))),
            entry("unsnooze", new Kind<>(Command.Unsnooze.class, f -> new Command.Unsnooze())),
            entry(
                    "delivery-failed",
                    new Kind<>(
                            Command.DeliveryFailed.class,
                            f -> new Command.DeliveryFailed(f.id("event_id"), f.text("channel"), f.text("reason")))),
            entry(
                    "record-event",
                    new Kind<>(
                            Command.RecordEvent.class,
                            f -> new Command.RecordEvent(
                                    f.required("type", CustomEventType::fromJson), f.value("body")))),
            entry(
                    "rate",
                    new Kind<>(
                            CustomerCommand.Rate.class,
                            f -> new CustomerCommand.Rate(f.number("rating"), f.optionalText("comment")))));

    private static final Map<Class<?>, String> NAMES = KINDS.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(kind -> kind.getValue().type(), Map.Entry::getKey));

    private CommandJson() {}

    static JsonValue of(AsJson command) {
        JsonObject json = new JsonObject().putAny(NAME, NAMES.get(command.getClass()));
        return JsonValue.parse(json.putComponents(command, Set.of()).text());
    }

    /** @param side whose commands are read; another side's are unknown to it */
    static <C extends AsJson> C read(JsonValue json, Class<C> side) {
        JsonFields fields = JsonFields.of(json);
        String name = fields.text(NAME);
        fields.require();
        Kind<?> kind = Optional.<Kind<?>>ofNullable(KINDS.get(name))
                .filter(known -> side.isAssignableFrom(known.type()))
                .orElseThrow(() -> new InvalidInput(NAME, "unknown", null));
        return side.cast(fields.done(kind.reader().apply(fields)));
    }
}
