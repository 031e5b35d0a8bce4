package io.github.counterfoil.internal.json;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.InvalidInput.Fault;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.text.JsonWriter;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.json.JsonValue.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that a host hands over. What is wrong with one is kept, something else stands in its place, and {@link #done}
 * throws all of it together. A member that is {@code null} is one that is not there.
 */
public final class JsonFields {
    private static final int MOST_FAULTS = 100;
    private static final UUID NO_ID = new UUID(0, 0);

    private final Map<String, JsonValue> members;
    private final Set<String> asked = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    private JsonFields(Map<String, JsonValue> members) {
        this.members = members;
    }

    /** @throws InvalidInput on field {@code value} if it is no object */
    public static JsonFields of(JsonValue json) {
        if (Given.value("value", json).kind() != Kind.OBJECT) {
            throw new InvalidInput("value", "not_an_object", null);
        }
        return new JsonFields(json.members());
    }

    /**
     * What was read.
     *
     * @throws InvalidInput if anything was wrong, or a member is there for which nobody asked
     */
    public <T> T done(T read) {
        if (!asked.containsAll(members.keySet())) {
            // A name may be anything that somebody typed.
            add("value", "unknown_member");
        }
        require();
        return read;
    }

    /** @throws InvalidInput if anything was wrong so far */
    public void require() {
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    public void add(String field, String code) {
        add(new Fault(field, code, null));
    }

    /** The first ones: an array may hold millions. */
    private void add(Fault fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(fault);
        }
    }

    /** The members for which nobody asked, which are taken as they are. */
    public Map<String, JsonValue> rest() {
        Map<String, JsonValue> rest = new LinkedHashMap<>(members);
        rest.keySet().removeAll(asked);
        asked.addAll(rest.keySet());
        return rest;
    }

    /** Whether it is there and not {@code null}. */
    public boolean has(String name) {
        return member(name) != null;
    }

    /** Refuses a member that others of its kind have. */
    public void refuse(String name) {
        if (has(name)) {
            add(name, "unexpected");
        }
    }

    public String text(String name) {
        return given(name, optionalText(name), "");
    }

    /** Null if it is not there. */
    public @Nullable String optionalText(String name) {
        return of(name, Kind.STRING, "not_a_string", JsonValue::string);
    }

    public UUID id(String name) {
        return given(name, optionalId(name), NO_ID);
    }

    /** Null if it is not there. */
    public @Nullable UUID optionalId(String name) {
        return optional(name, JsonFields::id);
    }

    public Instant moment(String name) {
        return given(name, optionalMoment(name), Instant.EPOCH);
    }

    /** Null if it is not there. */
    public @Nullable Instant optionalMoment(String name) {
        String text = optionalText(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return farMoment(name, text);
        }
    }

    public ZoneId zone(String name, ZoneId otherwise) {
        return given(optionalZone(name), otherwise);
    }

    /** Null if it is not there. */
    public @Nullable ZoneId optionalZone(String name) {
        String text = optionalText(name);
        try {
            return text == null ? null : ZoneId.of(text);
        } catch (DateTimeException e) {
            add(name, "unknown");
            return null;
        }
    }

    /** An integral number that fits an {@code int}. */
    public int number(String name) {
        Long number = optionalNumber(name);
        if (number != null && number != number.intValue()) {
            add(name, "not_a_number");
            return 0;
        }
        return given(name, number, 0L).intValue();
    }

    /** Null if it is not there; else an integral number that fits a {@code long}. */
    public @Nullable Long optionalNumber(String name) {
        BigDecimal number = of(name, Kind.NUMBER, "not_a_number", JsonValue::number);
        try {
            return number == null ? null : whole(number).longValueExact();
        } catch (ArithmeticException e) {
            add(name, "not_a_number");
            return null;
        }
    }

    public boolean bool(String name) {
        return given(name, optionalBool(name), false);
    }

    /** Null if it is not there. */
    public @Nullable Boolean optionalBool(String name) {
        return of(name, Kind.BOOLEAN, "not_a_boolean", JsonValue::bool);
    }

    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        return given(name, optionalConstant(name, type), type.getEnumConstants()[0]);
    }

    /** Null if it is not there. */
    public <E extends Enum<E>> @Nullable E optionalConstant(String name, Class<E> type) {
        return optional(name, value -> constant(value, type));
    }

    /** In their order; empty if it is not there. */
    public <E extends Enum<E>> List<E> constants(String name, Class<E> type) {
        return each(name, element -> constant(element, type));
    }

    /** Any value, {@code null} too. */
    public JsonValue value(String name) {
        asked.add(name);
        return given(name, members.get(name), JsonValue.ofNull());
    }

    /** Any value but {@code null}; null if it is not there. */
    public @Nullable JsonValue optionalValue(String name) {
        return member(name);
    }

    /** An array's elements; empty if it is not there. */
    public List<JsonValue> values(String name) {
        return given(of(name, Kind.ARRAY, "not_an_array", JsonValue::elements), List.of());
    }

    /** An object's members; empty if it is not there. */
    public Map<String, JsonValue> object(String name) {
        return given(of(name, Kind.OBJECT, "not_an_object", JsonValue::members), Map.of());
    }

    public List<String> texts(String name) {
        return each(name, JsonFields::string);
    }

    public List<UUID> ids(String name) {
        return each(name, JsonFields::id);
    }

    /** The elements of an array, those that can be read; empty if it is not there. */
    public <T> List<T> each(String name, Function<JsonValue, T> reader) {
        List<T> read = new ArrayList<>();
        List<JsonValue> elements = values(name);
        for (int i = 0; i < elements.size() && faults.size() < MOST_FAULTS; i++) {
            T element = read(name + "[" + i + "]", elements.get(i), reader);
            if (element != null) {
                read.add(element);
            }
        }
        return read;
    }

    /** Null if it is not there, or cannot be read. */
    public <T> @Nullable T optional(String name, Function<JsonValue, T> reader) {
        JsonValue value = member(name);
        return value == null ? null : read(name, value, reader);
    }

    /**
     * What something cannot be made without.
     *
     * @throws InvalidInput with all that was wrong so far, if it is not there or cannot be read
     */
    public <T> T required(String name, Function<JsonValue, T> reader) {
        T read = optional(name, reader);
        if (read == null && !has(name)) {
            add(name, "required");
        }
        if (read == null) {
            throw new InvalidInput(faults);
        }
        return read;
    }

    private <T> @Nullable T read(String name, JsonValue value, Function<JsonValue, T> reader) {
        try {
            return reader.apply(value);
        } catch (InvalidInput e) {
            e.faults().forEach(fault -> add(new Fault(place(name, fault.field()), fault.code(), fault.limit())));
            return null;
        }
    }

    /** What is wrong with a value as a whole is wrong with the member. */
    private static String place(String name, String field) {
        return field.equals("value") ? name : name + "." + field;
    }

    private static String string(JsonValue value) {
        if (value.kind() != Kind.STRING) {
            throw new InvalidInput("value", "not_a_string", null);
        }
        return value.string();
    }

    private static UUID id(JsonValue value) {
        String text = string(value);
        if (!JsonMembers.isId(text)) {
            throw new InvalidInput("value", "malformed", null);
        }
        return UUID.fromString(text);
    }

    /** One that {@link Instant} has and no date with an offset. */
    private @Nullable Instant farMoment(String name, @Nullable String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            add(name, "malformed");
            return null;
        }
    }

    private static <E extends Enum<E>> E constant(JsonValue value, Class<E> type) {
        String text = string(value);
        for (E constant : type.getEnumConstants()) {
            if (JsonWriter.constant(constant).equals(text)) {
                return constant;
            }
        }
        throw new InvalidInput("value", "unknown", null);
    }

    private static BigDecimal whole(BigDecimal number) {
        if (number.scale() > 0) {
            throw new ArithmeticException();
        }
        return number;
    }

    private @Nullable JsonValue member(String name) {
        asked.add(name);
        JsonValue value = members.get(name);
        return value == null || value.kind() == Kind.NULL ? null : value;
    }

    private <T> @Nullable T of(String name, Kind kind, String code, Function<JsonValue, T> as) {
        JsonValue value = member(name);
        if (value != null && value.kind() != kind) {
            add(name, code);
            return null;
        }
        return value == null ? null : as.apply(value);
    }

    private <T> T given(String name, @Nullable T value, T otherwise) {
        boolean told = faults.stream().anyMatch(fault -> fault.field().equals(name));
        if (value == null && !told) {
            add(name, "required");
        }
        return given(value, otherwise);
    }

    private static <T> T given(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    @Override
    public String toString() {
        return "JsonFields[" + members.size() + "]";
    }
}
