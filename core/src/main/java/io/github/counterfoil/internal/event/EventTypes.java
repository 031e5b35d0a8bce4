package io.github.counterfoil.internal.event;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.Visibility;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of events that this host knows: Counterfoil's own and those it registered. */
public final class EventTypes {
    private static final Set<String> CUSTOMER_VISIBLE = Set.of(
            "message",
            "status-update",
            "assignment-added",
            "assignment-removed",
            "priority-update",
            "title-update",
            "description-update",
            "feedback-submitted");
    private static final Set<String> STAFF_ONLY =
            Set.of("field-added", "field-removed", "note-added", "tag-added", "tag-removed", "customer-update");

    private final Map<String, CustomEventType> registered;
    private final Set<String> customerVisible;

    /** @throws InvalidInput for a name that is not one, is Counterfoil's own, or comes twice */
    public EventTypes(Collection<CustomEventType> types) {
        Set<String> names = new HashSet<>();
        types.forEach(type -> check(type, names));
        registered = types.stream().collect(Collectors.toUnmodifiableMap(CustomEventType::name, Function.identity()));
        customerVisible = Stream.concat(
                        CUSTOMER_VISIBLE.stream(),
                        types.stream()
                                .filter(type -> type.visibility() == Visibility.PUBLIC)
                                .map(CustomEventType::name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The types that customers see, if the event is public too. All others stay with the staff whatever they say. */
    public Set<String> customerVisible() {
        return customerVisible;
    }

    /** Whether customers see all public events of this type, in every host. */
    public boolean alwaysCustomerVisible(String type) {
        return CUSTOMER_VISIBLE.contains(type);
    }

    /** Whether no customer sees events of this type, in any host. */
    public boolean neverCustomerVisible(String type) {
        return STAFF_ONLY.contains(type);
    }

    boolean isRegistered(String type) {
        return registered.containsKey(type);
    }

    /** Whether the very type was registered. */
    public boolean isRegistered(CustomEventType type) {
        return type.equals(registered.get(type.name()));
    }

    private static void check(CustomEventType type, Set<String> names) {
        Problem problem = TextRules.eventType(type.name());
        if (problem != null) {
            throw new InvalidInput("event_type", problem.code(), problem.limit());
        }
        if (CUSTOMER_VISIBLE.contains(type.name()) || STAFF_ONLY.contains(type.name())) {
            throw new InvalidInput("event_type", "reserved", null);
        }
        if (!names.add(type.name())) {
            throw new InvalidInput("event_type", "registered_twice", null);
        }
        if (type.version() < 1) {
            throw new InvalidInput("event_type_version", "out_of_range", null);
        }
    }
}
