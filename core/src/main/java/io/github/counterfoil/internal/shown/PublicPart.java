package io.github.counterfoil.internal.shown;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What customers are shown of values that also hold what is the staff's. */
public final class PublicPart {
    /** The member of an attachment that stays with the staff, whatever it holds. */
    private static final String PRIVATE = "private";

    private PublicPart() {}

    /**
     * One object of both parts.
     *
     * @throws InvalidInput if one is none, or the shown one has a member of the hidden one's name
     */
    public static JsonValue attachment(JsonValue shown, JsonValue hidden) {
        Faults faults = new Faults();
        faults.add("shown", ValueRules.object(shown, ValueRules.MAX_VALUE_BYTES));
        faults.add("hidden", ValueRules.object(hidden, ValueRules.MAX_VALUE_BYTES));
        faults.throwIfAny();
        Map<String, JsonValue> members = new TreeMap<>(shown.members());
        faults.add("shown." + PRIVATE, members.put(PRIVATE, hidden) == null ? null : Problem.of("reserved"));
        faults.throwIfAny();
        return JsonValue.ofObject(members);
    }

    public static List<JsonValue> ofAttachments(List<JsonValue> attachments) {
        if (attachments.isEmpty()) {
            return attachments;
        }
        return attachments.stream()
                .map(attachment -> of(attachment, name -> !name.equals(PRIVATE)))
                .toList();
    }

    /** The members whose names are so; what is no object has none and stays as it is. */
    public static JsonValue of(JsonValue value, Predicate<String> shown) {
        if (value.kind() != JsonValue.Kind.OBJECT) {
            return value;
        }
        Map<String, JsonValue> members = new TreeMap<>(value.members());
        members.keySet().removeIf(shown.negate());
        return JsonValue.ofObject(members);
    }
}
