package io.github.counterfoil.change;

import io.github.counterfoil.error.ConsumerRefused;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens to all tickets, for those who follow: their openings, events and purges. The changes of a ticket come in their order,
 * always; of two tickets either may come first. Nothing is left out, however transactions overlap: a change is given when every
 * transaction is over that began to write before it was stored. So one that stays open holds back what was stored after it began, in
 * all databases of the server; {@link #lag} shows that.
 *
 * <p>There are three ways to take part. {@link #process} runs the host's code in the transaction in which the consumer's place moves: what it
 * stores there is stored exactly once. {@link #read} and {@link #acknowledge} are for what happens elsewhere: what is not
 * acknowledged in time is given again, at least once. {@link #pull} is for those who keep their place themselves.
 *
 * <p>A consumer is a name whose place is kept in the database, for each of 64 parts of the tickets. Several workers may read for
 * one consumer at once: each is given parts in which nobody else reads.
 *
 * <p>An answer is no larger than 16 MiB of events, or one event. It is one statement and one round trip unless said otherwise.
 *
 * @param <C> a change as this feed's side sees it
 */
public interface ChangeFeed<C> {

    /**
     * Makes a consumer that reads from a place; one that is there already stays where it is.
     *
     * @param consumer its name, a line of up to 64 characters
     * @param workers how many may read at once, from 1 to 64: each is given its part of the tickets at a time. A consumer that is there
     *     already has as many from now on
     * @return whether it was made by this call
     * @throws ConsumerRefused {@code consumer.other_feed}, {@code changes.distributed}
     */
    boolean register(String consumer, Start from, int workers);

    /** As {@link #register(String, Start, int)}, for one worker at a time. */
    default boolean register(String consumer, Start from) {
        return register(consumer, from, 1);
    }

    /**
     * The next changes for a consumer. They are held for who reads them: nobody else is given them, nor later ones of the same tickets,
     * until they are acknowledged or the time is over. Then they are given again.
     *
     * <p>Where there are many events that this side does not see, it takes two more round trips for each portion of those.
     *
     * @param atMost how many, from 1 to 1,000
     * @param hold from a millisecond to a day
     * @return empty if there is nothing to read, if others hold it, and while the consumer is paused; its token acknowledges nothing
     * @throws ConsumerRefused {@code consumer.unknown}, {@code consumer.other_feed}
     */
    Batch<C> read(String consumer, int atMost, Duration hold);

    /** As {@link #read(String, int, Duration)}, held for a minute. */
    default Batch<C> read(String consumer, int atMost) {
        return read(consumer, atMost, Duration.ofMinutes(1));
    }

    /**
     * Waits until there is something to read for a consumer, without asking for it again and again, where changes are {@linkplain Changes#announce
     * announced}. Nothing is missed that is committed before, while or after it begins to listen. What it waits for may be taken by another
     * reader, and may be nothing that this side sees.
     *
     * <p>It takes the connection for the whole time, so let it be one for this alone, which no pool hands to others meanwhile: straight to
     * PostgreSQL, and with autocommit on. It listens on it until the wait ends, and takes away what else is announced there. One round trip if there is something; else
     * three more, and one for each time that it wakes. Only what another reader or a transaction holds back, whose end nobody announces, is
     * looked for from time to time, each second in the end.
     *
     * @param connection of the host's, which stays open. Where it is lost, the wait ends with {@code Unavailable}
     * @param atMost from a millisecond to a day
     * @return whether there is something; false when the time is over, and at once when the thread is interrupted, which it then still is
     * @throws ConsumerRefused {@code consumer.unknown}, {@code consumer.other_feed}, {@code changes.not_announced},
     *     {@code changes.distributed}
     * @throws UnsuitableConnection {@code connection.in_transaction}, {@code connection.not_direct}: also behind PgBouncer
     */
    boolean await(String consumer, Connection connection, Duration atMost);

    /**
     * What was read is done, and the consumer goes on behind it. The same again does nothing. After an empty batch there is nothing
     * to acknowledge, and it does nothing either.
     *
     * @param token of the {@link Batch}
     * @throws ConsumerRefused {@code consumer.not_held}: it will be given again, or was already
     */
    void acknowledge(String consumer, UUID token);

    /**
     * Hands the next changes to the host's code, in a transaction that it shares: what it stores with the connection is committed with the
     * consumer's place, or neither is. What it throws rolls all back, and comes out as it is. It must neither end the transaction nor
     * close the connection: what it commits is not committed with the place. Six round trips beside the handler's own.
     *
     * <p>In a transaction of the host's it is part of that one, in two round trips more; what the handler throws then takes back what was stored since
     * {@code process} began, and the host may go on and commit the rest.
     *
     * <p>It has no deadline, but it is a transaction that writes: while the handler works, what is stored meanwhile is held back from
     * all consumers. What takes long, or waits for another system, is done between {@link #read} and {@link #acknowledge}.
     *
     * @param atMost how many, from 1 to 1,000
     * @param <X> what the handler throws beside what is unchecked
     * @return how many changes were handled; 0 if there is nothing to read, if others do, and while the consumer is paused
     * @throws ConsumerRefused as {@link #read}
     * @throws X from the handler
     */
    <X extends Exception> int process(String consumer, int atMost, Handler<C, X> handler) throws X;

    /**
     * The changes that follow a place, for who keeps that themselves and needs no consumer. It writes nothing.
     *
     * @param atMost how many, from 1 to 1,000
     * @throws InvalidInput also of a start after what is no position
     */
    Pulled<C> pull(Start from, int atMost);

    /**
     * How far behind a consumer is. It reads what it counts.
     *
     * @throws ConsumerRefused {@code consumer.unknown}, {@code consumer.other_feed}
     */
    Lag lag(String consumer);

    /**
     * Gives a consumer's readers nothing until it is resumed. What is held may still be acknowledged.
     *
     * @throws ConsumerRefused {@code consumer.unknown}, {@code consumer.other_feed}
     */
    void pause(String consumer);

    /**
     * Ends a pause.
     *
     * @throws ConsumerRefused {@code consumer.unknown}, {@code consumer.other_feed}
     */
    void resume(String consumer);

    /**
     * Sets a consumer to another place, before or after its own. What is held is given up; while a {@link #process} of the consumer
     * runs, it waits for that.
     *
     * @throws ConsumerRefused {@code consumer.unknown}, {@code consumer.other_feed}
     */
    void rewind(String consumer, Start to);

    /**
     * Takes a consumer out with its place. One that is not there is no fault. It waits as {@link #rewind} does.
     *
     * @throws ConsumerRefused {@code consumer.other_feed}
     */
    void remove(String consumer);

    /**
     * Changes that are held for who read them.
     *
     * @param token for {@link #acknowledge}
     */
    record Batch<C>(List<C> changes, UUID token) implements AsJson {
        public Batch {
            changes = Given.list("changes", changes);
            Given.value("token", token);
        }
    }

    /**
     * Changes that were pulled.
     *
     * @param end where to go on, with {@link Start#after}; also where there was nothing
     */
    record Pulled<C>(List<C> changes, String end) implements AsJson {
        public Pulled {
            changes = Given.list("changes", changes);
            Given.value("end", end);
        }
    }

    /**
     * How far behind a consumer is, counting up to 100,000 of all events, also of those that its side does not see.
     *
     * @param changes how many it was not given, of those that it could be
     * @param since the time of the first change that is not acknowledged; empty if there is none
     * @param heldBack how many more are stored that wait for a transaction
     * @param heldSince when the oldest transaction that writes began, where some are held back and the role, or the one that owns the schema, may
     *     see it: each sees those of its own, and all with {@code pg_read_all_stats}
     * @param paused whether it is
     */
    record Lag(long changes, Optional<Instant> since, long heldBack, Optional<Instant> heldSince, boolean paused)
            implements AsJson {}

    /** The host's part of {@link #process}. */
    @FunctionalInterface
    interface Handler<C, X extends Exception> {
        /** @param transaction for the host's own tables, and for {@code TicketService.joining} */
        void handle(List<C> changes, Connection transaction) throws X;
    }

    /** Where reading begins. */
    final class Start implements AsJson {
        private static final Set<String> KINDS = Set.of("beginning", "now", "at", "after");

        private final String kind;
        private final Optional<Instant> moment;
        private final Optional<String> position;

        private Start(String kind, Optional<Instant> moment, Optional<String> position) {
            this.kind = kind;
            this.moment = moment;
            this.position = position;
        }

        /** With the first change that is stored. */
        public static Start beginning() {
            return new Start("beginning", Optional.empty(), Optional.empty());
        }

        /** With what is stored from now on, and what is being stored now. */
        public static Start now() {
            return new Start("now", Optional.empty(), Optional.empty());
        }

        /**
         * With what happened at a moment or later, and maybe with some of what was stored shortly before. An import that was stored
         * later counts by the times of its events; what followed it is read either way.
         */
        public static Start at(Instant moment) {
            return new Start("at", Optional.of(Given.value("moment", moment)), Optional.empty());
        }

        /** Behind a change, or the end of what was pulled. */
        public static Start after(String position) {
            return new Start("after", Optional.empty(), Optional.of(Given.value("position", position)));
        }

        /** Empty unless it begins at a moment. */
        public Optional<Instant> moment() {
            return moment;
        }

        /** Empty unless it begins behind a position. */
        public Optional<String> position() {
            return position;
        }

        @Override
        public JsonValue json() {
            return JsonValue.parse(new JsonObject()
                    .put("from", kind)
                    .putAny("moment", moment)
                    .putAny("position", position)
                    .text());
        }

        /**
         * What {@link #json()} gave.
         *
         * @throws InvalidInput if it is anything else
         */
        public static Start fromJson(JsonValue json) {
            JsonFields fields = JsonFields.of(json);
            String kind = fields.text("from");
            if (!KINDS.contains(kind)) {
                fields.require();
                fields.add("from", "unknown");
            }
            Optional<Instant> moment = Optional.empty();
            Optional<String> position = Optional.empty();
            if (kind.equals("at")) {
                moment = Optional.of(fields.moment("moment"));
            } else {
                fields.refuse("moment");
            }
            if (kind.equals("after")) {
                position = Optional.of(fields.text("position"));
            } else {
                fields.refuse("position");
            }
            return fields.done(new Start(kind, moment, position));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Start that && parts().equals(that.parts());
        }

        @Override
        public int hashCode() {
            return parts().hashCode();
        }

        private List<Object> parts() {
            return List.of(kind, moment, position);
        }

        @Override
        public String toString() {
            return kind;
        }
    }
}
