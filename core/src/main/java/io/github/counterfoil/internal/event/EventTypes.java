package io.github.counterfoil.internal.event;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.json.StoredJson;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.internal.shown.PublicPart;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of events that this host knows: Counterfoil's own and those it registered. */
public final class EventTypes {
    /** What every event has in the documented JSON, so that no body may have a member of the name. */
    public static final Set<String> HEADER_MEMBERS = Set.of(
            "id",
            "type",
            "created_at",
            "created_by_uuid",
            "created_by_first_name",
            "created_by_last_name",
            "role",
            "visibility");

    /** These, and what an event's JSON tells of where it stands. */
    public static final Set<String> RESERVED_MEMBERS = Stream.concat(
                    HEADER_MEMBERS.stream(),
                    Stream.of("counterfoil_ticket_id", "counterfoil_seq", "counterfoil_number"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> CUSTOMER_VISIBLE = OwnTypes.names(EventType::customersSee);

    private final Map<String, CustomEventType> registered;
    private final Set<String> customerVisible;

    /** @throws InvalidInput for a name that is not one, is Counterfoil's own, or comes twice */
    public EventTypes(Collection<CustomEventType> types) {
        Set<String> names = new HashSet<>();
        Faults faults = new Faults();
        types.forEach(type -> check(type, names, faults));
        faults.throwIfAny();
        registered = types.stream().collect(Collectors.toUnmodifiableMap(CustomEventType::name, Function.identity()));
        customerVisible = Stream.concat(
                        CUSTOMER_VISIBLE.stream(),
                        types.stream()
                                .filter(type -> type.visibility() == Visibility.PUBLIC)
                                .map(CustomEventType::name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is known of the type of this name. */
    EventType<?> named(String name) {
        EventType<?> own = OwnTypes.byName().get(name);
        return own != null ? own : registered.containsKey(name) ? OwnTypes.CUSTOM : OwnTypes.UNKNOWN;
    }

    /**
     * The event as it is read once it is stored: one that has the name of a type that is known is of that type, whatever
     * record it came in.
     *
     * @throws UnfitMember if its body lacks what the type requires
     */
    public TicketEvent asRead(TicketEvent event) throws UnfitMember {
        EventType<?> type = named(event.type());
        return type.record().isInstance(event)
                ? event
                : type.read(
                        event.header(), event.type(), StoredJson.of(body(event).text()));
    }

    /** The types that customers see, if the event is public too. All others stay with the staff whatever they say. */
    public Set<String> customerVisible() {
        return customerVisible;
    }

    /** Whether the ticket's customer sees the event. */
    public boolean shows(TicketEvent event) {
        return event.visibility() == Visibility.PUBLIC
                && customerVisible.contains(event.type())
                && OwnTypes.of(event).customersSee();
    }

    /** What the ticket's customer sees of an event of a type that a host registered; any other as it is. */
    CustomerEvent shown(CustomerEvent event) {
        return event instanceof CustomerEvent.CustomEvent custom
                ? new CustomerEvent.CustomEvent(
                        custom.header(),
                        custom.type(),
                        PublicPart.of(custom.body(), name -> showsMember(custom.type(), name)))
                : event;
    }

    /** Those of the redacted members of an event of this type that its customer saw. */
    Set<String> seen(String type, Set<String> redacted) {
        if (redacted.isEmpty()) {
            return redacted;
        }
        return registered.containsKey(type)
                ? redacted.stream()
                        .filter(member -> showsMember(type, member.replaceFirst("\\[[0-9]+]$", "")))
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : named(type).seen(redacted);
    }

    private boolean showsMember(String type, String member) {
        CustomEventType known = Objects.requireNonNull(registered.get(type));
        return known.showsWholeBody() || known.shownMembers().contains(member);
    }

    /** The types that this host registered. */
    public Collection<CustomEventType> registered() {
        return registered.values();
    }

    /** Whether customers see all public events of this type, in every host. */
    public static boolean alwaysCustomerVisible(String type) {
        return CUSTOMER_VISIBLE.contains(type);
    }

    /** Whether no customer sees events of this type, in any host. */
    public static boolean neverCustomerVisible(String type) {
        return OwnTypes.byName().containsKey(type) && !CUSTOMER_VISIBLE.contains(type);
    }

    /** Does to a ticket what the event does. */
    public static void change(TicketChanges ticket, TicketEvent event) {
        OwnTypes.of(event).change(ticket, event, event.createdAt());
    }

    /** The body as it is stored: the reverse of {@link EventReader#forAgent}. */
    public static JsonObject body(TicketEvent event) {
        JsonObject body = new JsonObject();
        writeBody(event, body);
        return body;
    }

    /** Puts the members of the body into an object. */
    public static void writeBody(TicketEvent event, JsonObject body) {
        OwnTypes.of(event).write(event, body);
        writeRedacted(event.redacted(), body);
    }

    /** Puts the members of what a customer is shown into an object. */
    public static void writeShown(CustomerEvent event, JsonObject body) {
        OwnTypes.ofShown(event).writeShown(event, body);
        writeRedacted(event.redacted(), body);
    }

    private static void writeRedacted(Set<String> redacted, JsonObject body) {
        if (!redacted.isEmpty()) {
            body.putStrings(Redacted.MEMBER, redacted);
        }
    }

    /** Looks for what is wrong with the content of an event from elsewhere. */
    public static void checkContent(TicketEvent event, ContentFaults faults) {
        OwnTypes.of(event).check(event, faults);
    }

    /** Whether the very type was registered. */
    public boolean isRegistered(CustomEventType type) {
        return type.name() != null && type.equals(registered.get(type.name()));
    }

    private static void check(CustomEventType type, Set<String> names, Faults faults) {
        faults.add("event_type", TextRules.eventType(type.name()));
        if (type.name() != null && OwnTypes.byName().containsKey(type.name())) {
            faults.add("event_type", Problem.of("reserved"));
        }
        if (!names.add(type.name())) {
            faults.add("event_type", Problem.of("registered_twice"));
        }
        boolean shows = type.showsWholeBody() || !type.shownMembers().isEmpty();
        faults.add(
                "event_type_shown", shows && type.visibility() == Visibility.PRIVATE ? Problem.of("not_public") : null);
        faults.add("event_type_version", Problem.range(type.version(), 1, Integer.MAX_VALUE));
    }
}
