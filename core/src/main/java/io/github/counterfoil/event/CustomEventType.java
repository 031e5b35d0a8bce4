package io.github.counterfoil.event;

/**
 * A host's own type of event, registered with {@code TicketService.Builder.eventType}.
 *
 * @param name {@code type} of the stored event: 1 to 64 lower-case ASCII letters, digits and {@code -}, beginning with a
 *     letter, and not a type of Counterfoil's own
 * @param version of the body's shape, from 1; stored with each event as {@code version}
 * @param visibility of all events of this type
 */
public record CustomEventType(String name, int version, Visibility visibility) {

    /** A type that only the staff sees. */
    public static CustomEventType privateType(String name, int version) {
        return new CustomEventType(name, version, Visibility.PRIVATE);
    }

    /**
     * A type that the ticket's customer sees too, with its whole body. One that is no longer registered is hidden from then on; the
     * numbers that customers knew its events by are not given to others.
     */
    public static CustomEventType publicType(String name, int version) {
        return new CustomEventType(name, version, Visibility.PUBLIC);
    }
}
