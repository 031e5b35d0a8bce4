package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who has to do with a ticket beside its own customer and who is assigned, as the staff sees it. Customers are not told who
 * takes part: they see the names under messages.
 *
 * @param customers who take part in the ticket of another customer, by name
 * @param followers agents who follow it and are active, by name
 */
public record Participants(List<Participant> customers, List<Follower> followers) implements AsJson {
    public Participants {
        customers = Given.list("customers", customers);
        followers = Given.list("followers", followers);
    }

    /** What a customer may do with a ticket that is not their own. */
    public enum Kind implements AsJson {
        /** In copy: they read what the ticket's own customer reads, and reply. */
        COPY,
        /** They may do what the ticket's own customer may: also close, reopen and rate. */
        REQUESTER;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** The value in events: the name in lower case. */
        public String wireName() {
            return wireName;
        }

        /** The kind of a value in events; empty if none has it. */
        public static Optional<Kind> ofWireName(@Nullable String wireName) {
            for (Kind kind : values()) {
                if (kind.wireName.equals(wireName)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * A customer who takes part in the ticket of another.
     *
     * @param email as it is now
     * @param firstName as it is now
     * @param lastName as it is now
     */
    public record Participant(UUID id, String email, String firstName, String lastName, Kind kind) implements AsJson {
        @Override
        public String toString() {
            return "Participant[" + id + " " + kind + "]";
        }
    }

    /**
     * An agent who follows the ticket.
     *
     * @param firstName as it is now
     * @param lastName as it is now
     */
    public record Follower(UUID id, String firstName, String lastName) implements AsJson {
        @Override
        public String toString() {
            return "Follower[" + id + "]";
        }
    }
}
