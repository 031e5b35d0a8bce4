package io.github.counterfoil.input;

import static io.github.counterfoil.input.SampleValues.AT;
import static io.github.counterfoil.input.SampleValues.TICKET;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.ticket.CleanText;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketStatus;
import io.github.counterfoil.ticket.Workflow;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Values of every exported type that is one: a new record is found by itself, another new value needs a line here. */
final class JsonSamples {
    static final JsonValue ANY = JsonValue.parse(
            "{\"a\":[1,1.10,1e400,-0.0000001,123456789012345678901234567890.12345678901234567890123456789,"
                    + "null,true,\"\\u0000\\ud800 <&>\",{\"b\":{}}]}");

    /** What is a value to nobody: what holds a stream, what an exception holds, what makes values or opens doors, and what the host returns. */
    static final Set<Class<?>> WITHOUT_JSON = Set.of(
            Attachments.Content.class,
            InvalidInput.Fault.class,
            CleanText.class,
            TicketService.class,
            TicketService.Builder.class,
            ConnectionSource.TransactionOwner.class);

    private static final SampleValues PARTS = new SampleValues(null, null);

    private static final List<TicketEvent> EVENTS = List.of(
            event(TicketEvent.Message.class), event(TicketEvent.CustomEvent.class), event(TicketEvent.NoteAdded.class));

    private static final Map<Class<?>, List<AsJson>> MADE = Map.ofEntries(
            Map.entry(
                    JsonValue.class,
                    List.of(
                            ANY,
                            JsonValue.ofNull(),
                            JsonValue.of(true),
                            JsonValue.of(1L << 62),
                            JsonValue.parse("1e400"),
                            JsonValue.parse("1.10"),
                            JsonValue.of("é\u2028\"\\"),
                            JsonValue.parse("[]"),
                            JsonValue.parse("{}"),
                            JsonValue.parse("[".repeat(400) + "]".repeat(400)))),
            Map.entry(
                    NewTicket.class,
                    List.of(
                            NewTicket.of("Title", "Text"),
                            NewTicket.of("Title", "Text")
                                    .priority(Priority.HIGH)
                                    .channel("web")
                                    .tags("b", "a")
                                    .field("any", ANY)
                                    .field("nothing", JsonValue.ofNull())
                                    .reference(new Reference("mail", "<1@example.com>")))),
            Map.entry(
                    TicketQuery.class,
                    List.of(TicketQuery.all(), TicketQuery.unsolved().unassigned(), everyCondition())),
            Map.entry(
                    Workflow.class,
                    List.of(
                            Workflow.standard(),
                            Workflow.manual(),
                            Workflow.standard().replyToClosed(Workflow.ReplyToClosed.REFUSED))),
            Map.entry(
                    PageRequest.class,
                    List.of(
                            PageRequest.oldestFirst(1),
                            PageRequest.newestFirst(200).after("cursor"))),
            Map.entry(
                    NewCustomer.class,
                    List.of(
                            NewCustomer.of(TICKET, "a@example.com", "Ada", ""),
                            NewCustomer.of(TICKET, "a@example.com", "Ada", "L").preferredLanguage("de"))),
            Map.entry(
                    NewWorker.class,
                    List.of(
                            NewWorker.of(TICKET, "j@example.com", "Jane", ""),
                            NewWorker.of(TICKET, "j@example.com", "Jane", "S")
                                    .role(WorkerRole.ADMIN)
                                    .skills("b", "a")
                                    .languages("en")
                                    .timezone(ZoneId.of("America/New_York"))
                                    .metrics(ANY))),
            Map.entry(
                    AgentDisplay.class,
                    List.of(AgentDisplay.fullNames(), AgentDisplay.firstNames(), AgentDisplay.team("Support"))),
            Map.entry(
                    Customer.Changes.class,
                    List.of(
                            Customer.Changes.none(),
                            Customer.Changes.none().email("a").name("b", "c").preferredLanguage("d"))),
            Map.entry(
                    Worker.Changes.class,
                    List.of(
                            Worker.Changes.none(),
                            Worker.Changes.none()
                                    .email("a")
                                    .name("b", "c")
                                    .languages("en", "de")
                                    .skills(new String[0])
                                    .timezone(ZoneId.of("UTC"))
                                    .metrics(ANY))),
            Map.entry(
                    Worker.Filter.class,
                    List.of(
                            Worker.Filter.all(),
                            Worker.Filter.all()
                                    .role(WorkerRole.AGENT)
                                    .active(false)
                                    .skills("a")
                                    .languages("en"))),
            Map.entry(
                    ImportedTicket.class,
                    List.of(
                            ImportedTicket.of(TICKET, NewTicket.of("Title", "Text"), TICKET, AT),
                            ImportedTicket.of(
                                            TICKET,
                                            NewTicket.of("Title", "Text").field("any", ANY),
                                            TICKET,
                                            AT)
                                    .events(EVENTS)
                                    .number(7)
                                    .reference(new Reference("a", "b"))
                                    .reference(new Reference("a", "c"), TICKET))),
            Map.entry(
                    Imports.Options.class,
                    List.of(
                            Imports.Options.standard(),
                            Imports.Options.standard().placeholders(true))),
            Map.entry(
                    CustomEventType.class,
                    List.of(
                            CustomEventType.privateType("a", 1),
                            CustomEventType.publicType("b", 2).showing("x", "y"),
                            CustomEventType.publicType("c", 3).showingWholeBody())),
            Map.entry(
                    Redaction.class,
                    List.of(
                            Redaction.of(TICKET, "content", "attachments[0]").reason("why"),
                            Redaction.ofEverythingIn(TICKET),
                            Redaction.ofBeginning("title"),
                            Redaction.ofWholeBeginning())),
            Map.entry(
                    ChangeFeed.Start.class,
                    List.of(
                            ChangeFeed.Start.beginning(),
                            ChangeFeed.Start.now(),
                            ChangeFeed.Start.at(AT),
                            ChangeFeed.Start.after("place"))),
            Map.entry(
                    RowLevelSecurity.class,
                    List.of(
                            RowLevelSecurity.plain(),
                            RowLevelSecurity.supabase().roles("a", "b", "c").customerSchema("d"))));

    private JsonSamples() {}

    private static TicketQuery everyCondition() {
        Instant late = Instant.MAX;
        return TicketQuery.all()
                .status(TicketStatus.PENDING, TicketStatus.NEW)
                .priority(Priority.LOW)
                .assignedTo(TICKET)
                .ofCustomer(TICKET)
                .followedBy(TICKET)
                .tags("a", "b")
                .anyTag("c")
                .noTag("d")
                .channel("web")
                .field("any", ANY)
                .field("nothing", JsonValue.ofNull())
                .hasField("e")
                .createdFrom(AT.plusNanos(1))
                .createdBefore(late)
                .updatedFrom(Instant.MIN)
                .updatedBefore(AT)
                .closedFrom(AT)
                .closedBefore(AT)
                .statusSinceFrom(AT)
                .statusSinceBefore(AT)
                .responded(false)
                .unansweredSince(AT)
                .snoozed(true)
                .wokeFrom(AT)
                .wokeBefore(AT)
                .number(1L << 60)
                .matching("smoke \"and fire\"")
                .sort(TicketQuery.Sort.STATUS_SINCE);
    }

    /** Of every type that the module exports and that can be made, but for interfaces and what {@link #WITHOUT_JSON} says. */
    static List<Class<?>> types() {
        return ExportedApi.types()
                .filter(type -> !Modifier.isAbstract(type.getModifiers()) && !WITHOUT_JSON.contains(type))
                .toList();
    }

    /** At least one of the type: of a record one with all its parts, and one with as few as it takes. */
    static List<AsJson> of(Class<?> type) {
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants()).map(AsJson.class::cast).toList();
        }
        List<AsJson> made = MADE.get(type);
        if (made == null && !type.isRecord()) {
            throw new IllegalStateException(type + " is a new kind of value: it needs a sample");
        }
        return made != null ? made : List.of(record(type, PARTS::of), record(type, JsonSamples::least));
    }

    static <E extends TicketEvent> E event(Class<E> type) {
        return type.cast(record(type, PARTS::of));
    }

    private static AsJson record(Class<?> type, Function<Type, Object> part) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return (AsJson) type.getDeclaredConstructor(
                            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                    .newInstance(Stream.of(components)
                            .map(component -> part.apply(component.getGenericType()))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.toString(), e);
        }
    }

    private static Object least(Type type) {
        Class<?> raw = SampleValues.raw(type);
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == JsonValue.class) {
            return JsonValue.parse("{}");
        }
        if (raw == Map.class) {
            return Map.of();
        }
        return Collection.class.isAssignableFrom(raw)
                ? (raw == Set.class ? Set.of() : List.of())
                : raw == Command.class ? Command.close() : PARTS.of(type);
    }
}
