package io.github.counterfoil.input;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.Change;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.CustomerChange;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.command.CustomerCommand;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CommandResult;
import io.github.counterfoil.desk.Redaction;
import io.github.counterfoil.error.Refusal;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Author;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.imports.ImportedTicket;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.AgentDisplay;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.people.Worker;
import io.github.counterfoil.people.WorkerRole;
import io.github.counterfoil.schema.RowLevelSecurity;
import io.github.counterfoil.spi.AttachmentStore;
import io.github.counterfoil.spi.CallObserver;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.ticket.CustomerTicket;
import io.github.counterfoil.ticket.CustomerTicketSummary;
import io.github.counterfoil.ticket.Fragment;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Participants;
import io.github.counterfoil.ticket.Reference;
import io.github.counterfoil.ticket.Ticket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketSummary;
import io.github.counterfoil.ticket.Workflow;
import io.github.counterfoil.verification.VerificationReport;
import java.io.InputStream;
import java.io.Writer;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** For each type that a host hands over, one that nothing is wrong with. */
class SampleValues {
    static final UUID TICKET = UUID.fromString("00000000-0000-4000-8000-0000000000aa");
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    static final CustomEventType ESCALATED = CustomEventType.privateType("escalated", 1);

    private static final Author AUTHOR = new Author(SupportTeam.JANE, "Jane", "Smith", Role.AGENT);
    private static final TicketEvent.Header HEADER =
            new TicketEvent.Header(SupportTeam.BOB, TICKET, 1, AT, AUTHOR, Visibility.PRIVATE);

    private final Map<Class<?>, Supplier<Object>> samples = new HashMap<>();
    private UUID ticket = TICKET;

    SampleValues(ConnectionSource source, Connection connection) {
        samples.put(String.class, () -> "text");
        samples.put(Attachments.Attachment.class, () -> new Attachments.Attachment(ticket, "a", "a/b", 1, "00"));
        samples.put(
                Attachments.Content.class,
                () -> new Attachments.Content(
                        (Attachments.Attachment) of(Attachments.Attachment.class), InputStream.nullInputStream()));
        samples.put(Command.Reply.class, () -> Command.reply("a"));
        samples.put(AttachmentStore.class, NoFiles::new);
        samples.put(InputStream.class, InputStream::nullInputStream);
        samples.put(UUID.class, () -> ticket);
        samples.put(int.class, () -> 1);
        samples.put(Integer.class, () -> 1);
        samples.put(long.class, () -> 1L);
        samples.put(Long.class, () -> 1L);
        samples.put(double.class, () -> 1.0);
        samples.put(boolean.class, () -> true);
        samples.put(Object.class, () -> "item");
        samples.put(Instant.class, () -> AT);
        samples.put(Consumer.class, () -> (Consumer<Object>) item -> {});
        samples.put(
                Function.class, () -> (Function<Object, Object>) request -> new Page<>(List.of(), Optional.empty()));
        samples.put(LocalDate.class, () -> LocalDate.of(2026, 1, 2));
        samples.put(Duration.class, () -> Duration.ofSeconds(1));
        samples.put(ZoneId.class, () -> ZoneId.of("UTC"));
        samples.put(InstantSource.class, () -> InstantSource.fixed(AT));
        samples.put(BigDecimal.class, () -> BigDecimal.ONE);
        samples.put(OptionalDouble.class, OptionalDouble::empty);
        samples.put(OptionalInt.class, OptionalInt::empty);
        samples.put(JsonValue.class, () -> JsonValue.parse("{\"a\": 1}"));
        samples.put(DataSource.class, PGSimpleDataSource::new);
        samples.put(ConnectionSource.class, () -> source);
        samples.put(Connection.class, () -> connection);
        samples.put(CallObserver.class, () -> (CallObserver) call -> end -> {});
        samples.put(Command.class, () -> Command.note("text"));
        samples.put(CustomerCommand.class, () -> Command.reply("text"));
        samples.put(CustomEventType.class, () -> ESCALATED);
        samples.put(Reference.class, () -> new Reference("mail", "<1@example.com>"));
        samples.put(
                Reference.Place.class,
                () -> new Reference.Place(new Reference("mail", "<1@example.com>"), TICKET, Optional.empty()));
        samples.put(NewTicket.class, () -> NewTicket.of("Title", "Text"));
        samples.put(NewCustomer.class, () -> NewCustomer.of(TICKET, "c@example.com", "C", "D"));
        samples.put(NewWorker.class, () -> NewWorker.of(TICKET, "w@example.com", "W", "X"));
        samples.put(Customer.Changes.class, () -> Customer.Changes.none().email("c@example.com"));
        samples.put(Worker.Changes.class, () -> Worker.Changes.none().email("w@example.com"));
        samples.put(
                Worker.class,
                () -> new Worker(
                        TICKET,
                        "w@example.com",
                        "W",
                        "X",
                        AT,
                        WorkerRole.AGENT,
                        List.of(),
                        List.of(),
                        ZoneId.of("UTC"),
                        "UTC",
                        JsonValue.parse("{}"),
                        true,
                        false));
        samples.put(Worker.Filter.class, Worker.Filter::all);
        samples.put(TicketQuery.class, TicketQuery::all);
        samples.put(TicketQuery.Sort.class, () -> TicketQuery.Sort.UPDATED);
        samples.put(PageRequest.class, () -> PageRequest.oldestFirst(2));
        samples.put(Workflow.class, Workflow::standard);
        samples.put(AgentDisplay.class, AgentDisplay::fullNames);
        samples.put(RowLevelSecurity.class, RowLevelSecurity::plain);
        samples.put(Author.class, () -> AUTHOR);
        samples.put(TicketEvent.Header.class, () -> HEADER);
        samples.put(TicketEvent.class, () -> new TicketEvent.NoteAdded(HEADER, "text"));
        samples.put(
                CustomerEvent.Header.class,
                () -> new CustomerEvent.Header(TICKET, TICKET, 1, AT, Role.AGENT, "Jane Smith", Set.of()));
        samples.put(Redaction.class, () -> Redaction.of(TICKET, "content"));
        samples.put(
                ImportedTicket.class,
                () -> ImportedTicket.of(TICKET, NewTicket.of("Title", "Text"), SupportTeam.ADA, AT));
        samples.put(Imports.Options.class, Imports.Options::standard);
        samples.put(Imports.Report.class, () -> new Imports.Report(1, 0, List.of()));
        samples.put(
                Imports.Report.Fault.class, () -> new Imports.Report.Fault(0, TICKET, 1, "title", "required", null));
        samples.put(
                VerificationReport.Discrepancy.class,
                () -> new VerificationReport.Discrepancy(TICKET, 1, "ticket.status", "differs"));
        samples.put(CustomerTicket.Feedback.class, () -> new CustomerTicket.Feedback(5, null, AT));
        samples.put(
                CommandResult.class, () -> new CommandResult<>(TICKET, 1, CommandResult.Outcome.UNCHANGED, List.of()));
        samples.put(Page.class, () -> new Page<>(List.of(), Optional.empty()));
        samples.put(
                Participants.Participant.class,
                () -> new Participants.Participant(
                        TICKET, "ada@example.com", "Ada", "Lovelace", Participants.Kind.COPY));
        samples.put(Participants.Follower.class, () -> new Participants.Follower(TICKET, "Jane", "Smith"));
        samples.put(
                TicketSummary.Requester.class,
                () -> new TicketSummary.Requester(TICKET, "Ada", "Lovelace", "ada@example.com"));
        samples.put(
                TicketSummary.Written.class, () -> new TicketSummary.Written(TICKET, "Jane", "Smith", true, false, AT));
        samples.put(CustomerTicketSummary.Written.class, () -> new CustomerTicketSummary.Written("Jane", true, AT));
        samples.put(Fragment.Highlight.class, () -> new Fragment.Highlight(0, 4));
        samples.put(Fragment.class, () -> new Fragment(1, "Text", List.of(new Fragment.Highlight(0, 4)), false, false));
        samples.put(TicketQuery.Count.class, () -> new TicketQuery.Count(1, false));
        samples.put(TicketQuery.Span.class, () -> new TicketQuery.Span(Optional.of(AT), Optional.empty()));
        samples.put(Ticket.Assignee.class, () -> new Ticket.Assignee(TICKET, "Jane", "Smith"));
        samples.put(ChangeFeed.Start.class, ChangeFeed.Start::beginning);
        samples.put(ChangeFeed.Handler.class, () ->
                (ChangeFeed.Handler<Object, RuntimeException>) (changes, transaction) -> {});
        samples.put(Change.About.class, () -> new Change.About(TICKET, 1, "Title", TICKET, List.of()));
        samples.put(CustomerChange.About.class, () -> new CustomerChange.About(TICKET, 1, "Title", TICKET, List.of()));
        samples.put(
                CustomerEvent.class,
                () -> new CustomerEvent.Message(
                        (CustomerEvent.Header) of(CustomerEvent.Header.class), "text", List.of()));
        samples.put(Writer.class, Writer::nullWriter);
        samples.put(Refusal.class, () -> new TicketNotFound(TICKET));
    }

    final UUID ticket() {
        return ticket;
    }

    /** Another ticket to work with. */
    final void ticket(UUID id) {
        ticket = id;
    }

    /** A value of the type. */
    Object of(Type type) {
        Class<?> raw = raw(type);
        Supplier<Object> sample = samples.get(raw);
        if (sample != null) {
            return sample.get();
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
        }
        if (raw.isArray()) {
            return array(raw, List.of(of(element(type, 0))));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return map(of(element(type, 0)), of(element(type, 1)));
        }
        if (holdsElements(raw)) {
            List<@Nullable Object> elements = new ArrayList<>();
            elements.add(of(element(type, 0)));
            return container(raw, elements);
        }
        throw new IllegalArgumentException("no sample of " + type.getTypeName() + ": a new type needs one");
    }

    static boolean holdsElements(Class<?> raw) {
        return raw.isArray()
                || Collection.class.isAssignableFrom(raw)
                || raw == Iterator.class
                || raw == Optional.class
                || raw == Map.class;
    }

    /** What holds these. */
    static Object container(Class<?> raw, List<@Nullable Object> elements) {
        if (raw.isArray()) {
            return array(raw, elements);
        }
        if (raw == Set.class) {
            return new HashSet<>(elements);
        }
        if (raw == Iterator.class) {
            return elements.iterator();
        }
        return raw == Optional.class ? elements.stream().findFirst() : elements;
    }

    static Map<@Nullable Object, @Nullable Object> map(@Nullable Object key, @Nullable Object value) {
        Map<@Nullable Object, @Nullable Object> map = new HashMap<>();
        map.put(key, value);
        return map;
    }

    private static Object array(Class<?> raw, List<@Nullable Object> elements) {
        Object array = Array.newInstance(raw.getComponentType(), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }

    static Type element(Type type, int place) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getActualTypeArguments()[place];
        }
        return type instanceof GenericArrayType array
                ? array.getGenericComponentType()
                : raw(type).getComponentType();
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        }
        if (type instanceof ParameterizedType parameterized) {
            return raw(parameterized.getRawType());
        }
        if (type instanceof WildcardType wildcard) {
            return raw(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable ? raw(variable.getBounds()[0]) : Object[].class;
    }

    /** Nothing opens. */
    static TicketService.Builder withoutDatabase(ConnectionSource source) {
        return TicketService.builder(source).eventType(ESCALATED);
    }

    /** Keeps nothing. */
    private static final class NoFiles implements AttachmentStore {
        @Override
        public void put(UUID id, InputStream content) {}

        @Override
        public InputStream open(UUID id) {
            return InputStream.nullInputStream();
        }

        @Override
        public void delete(UUID id) {}
    }
}
