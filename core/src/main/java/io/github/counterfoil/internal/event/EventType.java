package io.github.counterfoil.internal.event;

import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.json.UnfitMember;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one type of event: how its own members are stored, what it does to a ticket, what its customer is
 * shown, and what its content must be. {@link OwnTypes} is the table of them.
 *
 * @param <E> the type's record
 */
public final class EventType<E extends TicketEvent> {

    /** Reads the event from its header, its type's name and its body. */
    interface Reader<E> {
        E read(TicketEvent.Header header, String name, StoredJson body) throws UnfitMember;
    }

    /** Reads the event from its header and the members of its body. */
    interface MembersReader<E> {
        E read(TicketEvent.Header header, JsonMembers body) throws UnfitMember;
    }

    /** Writes the members that are the type's own. */
    interface Writer<E> {
        void write(E event, JsonObject body);
    }

    /** What the event does to a ticket; answers the member that does not fit, null if all do. */
    interface Effect<E> {
        @Nullable
        String on(TicketChanges ticket, E event, Instant shownAt);
    }

    /** What the ticket's customer is shown; the last parameter is the name of the agent whom the event names. */
    interface Display<E> {
        CustomerEvent of(CustomerEvent.Header header, E event, String agent);
    }

    /** Writes the members that are the type's own, as its customer sees them. */
    interface ShownWriter<C> {
        void write(C event, JsonObject body);
    }

    /** Looks for what is wrong with the content of an event from elsewhere. */
    interface Check<E> {
        void on(E event, ContentFaults faults);
    }

    private final String name;
    private final Class<E> record;
    private final Reader<E> reader;
    private final Writer<E> writer;
    private @Nullable Effect<E> effect;
    private @Nullable Display<E> display;
    private @Nullable Class<? extends CustomerEvent> shown;
    private @Nullable ShownWriter<CustomerEvent> shownWriter;
    private @Nullable Check<E> check;
    private Predicate<String> seen = member -> false;
    private boolean agentNamed;

    private EventType(String name, Class<E> record, Reader<E> reader, Writer<E> writer) {
        this.name = name;
        this.record = record;
        this.reader = reader;
        this.writer = writer;
    }

    /** A type of Counterfoil's own. Unless said otherwise it changes no ticket, and no customer sees it. */
    static <E extends TicketEvent> EventType<E> ofName(
            String name, Class<E> record, MembersReader<E> reader, Writer<E> writer) {
        return new EventType<>(name, record, (header, same, body) -> reader.read(header, body.members()), writer);
    }

    /** What stands for all types that are not Counterfoil's own. */
    static <E extends TicketEvent> EventType<E> ofAnyName(Class<E> record, Reader<E> reader, Writer<E> writer) {
        return new EventType<>("", record, reader, writer).seeing(member -> true);
    }

    EventType<E> changing(Effect<E> effect) {
        this.effect = effect;
        return this;
    }

    <C extends CustomerEvent> EventType<E> showing(Class<C> record, Display<E> display, ShownWriter<C> writer) {
        this.shown = record;
        this.display = display;
        this.shownWriter = (event, body) -> writer.write(record.cast(event), body);
        return this;
    }

    /** Shown with the name of the worker whom its member {@code agent_id} names. */
    <C extends CustomerEvent> EventType<E> showingWithAgent(
            Class<C> record, Display<E> display, ShownWriter<C> writer) {
        this.agentNamed = true;
        return showing(record, display, writer);
    }

    /** Of the members that can be redacted, those that customers see. */
    EventType<E> seeing(Predicate<String> members) {
        this.seen = members;
        return this;
    }

    EventType<E> checked(Check<E> check) {
        this.check = check;
        return this;
    }

    /** The documented {@code type}; empty for what stands for many. */
    String name() {
        return name;
    }

    Class<E> record() {
        return record;
    }

    /** What customers are shown of it; empty if they see no event of this type. */
    Optional<Class<? extends CustomerEvent>> shown() {
        return Optional.ofNullable(shown);
    }

    /** Whether customers see events of this type, if they are public. */
    boolean customersSee() {
        return display != null;
    }

    /** Those of the redacted members that customers saw. */
    Set<String> seen(Set<String> redacted) {
        return redacted.stream()
                .filter(member -> seen.test(member.startsWith("attachments[") ? "attachments" : member))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    boolean changesTickets() {
        return effect != null;
    }

    boolean agentNamed() {
        return agentNamed;
    }

    /** @throws UnfitMember if the body lacks what the type requires */
    E read(TicketEvent.Header header, String type, StoredJson body) throws UnfitMember {
        return reader.read(header, type, body);
    }

    /** The reverse of {@link #read}. */
    void write(TicketEvent event, JsonObject body) {
        writer.write(record.cast(event), body);
    }

    /** Nothing if customers see no event of this type. */
    void writeShown(CustomerEvent event, JsonObject body) {
        if (shownWriter != null) {
            shownWriter.write(event, body);
        }
    }

    @Nullable
    String change(TicketChanges ticket, TicketEvent event, Instant shownAt) {
        return effect == null ? null : effect.on(ticket, record.cast(event), shownAt);
    }

    /** Empty if customers see no event of this type. */
    Optional<CustomerEvent> display(CustomerEvent.Header header, TicketEvent event, String agent) {
        return Optional.ofNullable(display).map(one -> one.of(header, record.cast(event), agent));
    }

    void check(TicketEvent event, ContentFaults faults) {
        if (check != null) {
            check.on(record.cast(event), faults);
        }
    }

    @Override
    public String toString() {
        return "EventType[" + record.getSimpleName() + "]";
    }
}
