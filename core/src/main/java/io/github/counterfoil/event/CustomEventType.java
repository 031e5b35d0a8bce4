package io.github.counterfoil.event;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A host's own type of event, registered with {@code TicketService.Builder.eventType}. */
public final class CustomEventType implements AsJson {
    private final String name;
    private final int version;
    private final Visibility visibility;
    private final Set<String> shownMembers;
    private final boolean wholeBody;

    private CustomEventType(
            String name, int version, Visibility visibility, Set<String> shownMembers, boolean wholeBody) {
        this.name = name;
        this.version = version;
        this.visibility = visibility;
        this.shownMembers = shownMembers;
        this.wholeBody = wholeBody;
    }

    /**
     * A type that only the staff sees.
     *
     * @param name {@code type} of the stored event: 1 to 64 lower-case ASCII letters, digits and {@code -}, beginning with
     *     a letter, and not a type of Counterfoil's own
     * @param version of the body's shape, from 1; stored with each event as {@code version}
     */
    public static CustomEventType privateType(String name, int version) {
        return new CustomEventType(name, version, Visibility.PRIVATE, Set.of(), false);
    }

    /**
     * A type that the ticket's customer sees too: that it happened, when, and by whom. Of its body customers see nothing
     * unless {@link #showing} or {@link #showingWholeBody} says so. One that is no longer registered is hidden from then on;
     * the numbers that customers knew its events by are not given to others.
     *
     * @param name as of {@link #privateType}
     * @param version as of {@link #privateType}
     */
    public static CustomEventType publicType(String name, int version) {
        return new CustomEventType(name, version, Visibility.PUBLIC, Set.of(), false);
    }

    /**
     * This public type, of whose body customers see these members and no others. It counts for all events of the type, those of
     * other versions and those stored before too.
     *
     * @param members at the top of the body; a value is shown with all that it holds
     */
    public CustomEventType showing(String... members) {
        Set<String> shown = new TreeSet<>(Given.list("members", Given.held("members", members)));
        return new CustomEventType(name, version, visibility, Collections.unmodifiableSet(shown), false);
    }

    /** This public type, of which customers see all that its body holds, now and later. */
    public CustomEventType showingWholeBody() {
        return new CustomEventType(name, version, visibility, Set.of(), true);
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    /** Of all events of this type. */
    public Visibility visibility() {
        return visibility;
    }

    /** The members that customers see, sorted; empty if they see none, or {@link #showsWholeBody}. */
    public Set<String> shownMembers() {
        return shownMembers;
    }

    /** Whether customers see all members. */
    public boolean showsWholeBody() {
        return wholeBody;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("name", name)
                .putAny("version", version)
                .putAny("visibility", visibility)
                .putAny("shown_members", shownMembers)
                .putAny("shows_whole_body", wholeBody)
                .text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static CustomEventType fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        return fields.done(new CustomEventType(
                fields.text("name"),
                fields.number("version"),
                fields.constant("visibility", Visibility.class),
                Collections.unmodifiableSet(new TreeSet<>(fields.texts("shown_members"))),
                Boolean.TRUE.equals(fields.optionalBool("shows_whole_body"))));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomEventType that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(name, version, visibility, shownMembers, wholeBody);
    }

    @Override
    public String toString() {
        return "CustomEventType" + parts();
    }
}
