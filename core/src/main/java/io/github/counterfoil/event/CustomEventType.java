package io.github.counterfoil.event;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host's own type of event, registered with {@code TicketService.Builder.eventType}. */
public final class CustomEventType {
    private final String name;
    private final int version;
    private final Visibility visibility;

    private CustomEventType(String name, int version, Visibility visibility) {
        this.name = name;
        this.version = version;
        this.visibility = visibility;
    }

    /**
     * A type that only the staff sees.
     *
     * @param name {@code type} of the stored event: 1 to 64 lower-case ASCII letters, digits and {@code -}, beginning with
     *     a letter, and not a type of Counterfoil's own
     * @param version of the body's shape, from 1; stored with each event as {@code version}
     */
    public static CustomEventType privateType(String name, int version) {
        return new CustomEventType(name, version, Visibility.PRIVATE);
    }

    /**
     * A type that the ticket's customer sees too, with its whole body. One that is no longer registered is hidden from then on; the
     * numbers that customers knew its events by are not given to others.
     *
     * @param name as of {@link #privateType}
     * @param version as of {@link #privateType}
     */
    public static CustomEventType publicType(String name, int version) {
        return new CustomEventType(name, version, Visibility.PUBLIC);
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomEventType that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(name, version, visibility);
    }

    @Override
    public String toString() {
        return "CustomEventType" + parts();
    }
}
