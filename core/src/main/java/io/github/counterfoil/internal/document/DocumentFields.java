package io.github.counterfoil.internal.document;

import io.github.counterfoil.imports.Imports.Report.Fault;
import io.github.counterfoil.internal.json.JsonMembers;
import io.github.counterfoil.internal.json.UnfitMember;
import io.github.counterfoil.internal.validation.MomentRules;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.internal.validation.ValueRules;
import io.github.counterfoil.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Reads members of one document and collects what is wrong with them. A wrong member reads as a stand-in. */
final class DocumentFields {
    static final UUID NIL = new UUID(0, 0);

    private static final Pattern PLAIN_OFFSET = Pattern.compile("(?<=T.{5,20})([+-]\\d\\d)(\\d\\d)?$");

    private final long item;
    private final UUID id;
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final Set<Fault> remarks = new LinkedHashSet<>();

    DocumentFields(long item, JsonMembers document) {
        this.item = item;
        this.id = idOrNil(document, "id");
        if (id.equals(NIL)) {
            add(0, "id", document.hasValue("id") ? "malformed" : "required");
        }
    }

    /** Empty for one that is missing or no object. */
    static Optional<JsonMembers> members(@Nullable JsonValue document) {
        return document != null && document.kind() == JsonValue.Kind.OBJECT
                ? Optional.of(JsonMembers.read(document.text()))
                : Optional.empty();
    }

    /** The one fault of a document that has no members. */
    static Fault noDocument(long item) {
        return new Fault(item, NIL, 0, "id", "required", null);
    }

    /** The document's id; the nil UUID if it has none that can be read. */
    UUID id() {
        return id;
    }

    /** Each once, as are remarks. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** What is to be said of the document if it comes in. */
    List<Fault> remarks() {
        return List.copyOf(remarks);
    }

    void remark(int seq, String field, String code) {
        remarks.add(new Fault(item, id, seq, field, code, null));
    }

    /** A member that the documented table has no column for is not read. Its name may be anything, and is not repeated. */
    void remarkUnread(JsonMembers document, Field<?>... documented) {
        remarkUnread(document, Stream.of(documented).map(Field::getName).collect(Collectors.toSet()));
    }

    void remarkUnread(JsonMembers document, Set<String> known) {
        try {
            document.requireOnly(known);
        } catch (UnfitMember e) {
            remark(0, "document", "unknown_member");
        }
    }

    void add(int seq, String field, String code) {
        addProblem(seq, field, Problem.of(code));
    }

    void addProblem(int seq, String field, @Nullable Problem problem) {
        if (problem != null) {
            faults.add(new Fault(item, id, seq, field, problem.code(), problem.limit()));
        }
    }

    String text(int seq, JsonMembers object, String name) {
        String text = read(seq, () -> object.text(name), "");
        addProblem(seq, name, TextRules.storable(text));
        return text;
    }

    @Nullable
    String optionalText(int seq, JsonMembers object, String name) {
        return object.hasValue(name) ? text(seq, object, name) : null;
    }

    UUID uuid(int seq, JsonMembers object, String name) {
        UUID value = idOrNil(object, name);
        if (value.equals(NIL)) {
            add(seq, name, object.hasValue(name) ? "malformed" : "required");
        }
        return value;
    }

    int number(JsonMembers object, String name) {
        return read(0, () -> object.number(name), 0);
    }

    /** Empty if the member is missing or null. */
    Optional<Long> largeNumber(JsonMembers object, String name) {
        return object.hasValue(name)
                ? read(0, () -> Optional.of(object.largeNumber(name)), Optional.empty())
                : Optional.empty();
    }

    Instant instant(int seq, JsonMembers object, String name) {
        Optional<String> given = read(seq, () -> Optional.of(object.text(name)), Optional.empty());
        if (given.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            // PostgreSQL's own output has a blank where ISO 8601 has a T, and may have an offset of hours only; both
            // know one
            // of hours and minutes without a colon, too.
            String iso = PLAIN_OFFSET
                    .matcher(given.get().replace(' ', 'T'))
                    .replaceFirst(offset -> offset.group(1) + ":" + Objects.requireNonNullElse(offset.group(2), "00"));
            Instant moment = OffsetDateTime.parse(iso).toInstant();
            Problem problem = MomentRules.moment(moment);
            addProblem(seq, name, problem);
            return problem == null ? moment.truncatedTo(ChronoUnit.MICROS) : Instant.EPOCH;
        } catch (DateTimeException e) {
            add(seq, name, "malformed");
            return Instant.EPOCH;
        }
    }

    <E> E constant(int seq, JsonMembers object, String name, Function<String, Optional<E>> constants, E standIn) {
        return read(seq, () -> object.constant(name, constants), standIn);
    }

    /** Any value; the other if the member is missing or null. */
    JsonValue value(JsonMembers object, String name, JsonValue other) {
        JsonValue value = object.hasValue(name) ? read(0, () -> object.value(name), other) : other;
        addProblem(0, name, ValueRules.storable(value));
        return value;
    }

    /** A member that is an object; empty if it is missing or null. */
    Optional<JsonMembers> object(JsonMembers object, String name) {
        return object.hasValue(name)
                ? read(0, () -> Optional.of(object.object(name)), Optional.empty())
                : Optional.empty();
    }

    /** The objects of an array member; none if it is missing or null. */
    List<JsonMembers> objects(JsonMembers object, String name) {
        List<JsonMembers> objects = new ArrayList<>();
        if (object.hasValue(name)) {
            List<Optional<JsonMembers>> elements = read(0, () -> object.objects(name), List.of());
            for (int i = 0; i < elements.size(); i++) {
                String element = name + "[" + i + "]";
                elements.get(i).ifPresentOrElse(objects::add, () -> add(0, element, "not_an_object"));
            }
        }
        return objects;
    }

    /** The strings of an array member; none if it is missing or null. */
    List<String> texts(JsonMembers object, String name) {
        List<String> texts = object.hasValue(name) ? read(0, () -> object.texts(name), List.of()) : List.of();
        texts.forEach(text -> addProblem(0, name, TextRules.storable(text)));
        return texts;
    }

    private interface Reading<T> {
        T read() throws UnfitMember;
    }

    private <T> T read(int seq, Reading<T> reading, T standIn) {
        try {
            return reading.read();
        } catch (UnfitMember e) {
            add(seq, e.name(), e.code());
            return standIn;
        }
    }

    private static UUID idOrNil(JsonMembers object, String name) {
        try {
            return object.id(name);
        } catch (UnfitMember e) {
            return NIL;
        }
    }
}
