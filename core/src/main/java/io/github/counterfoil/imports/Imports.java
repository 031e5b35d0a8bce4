package io.github.counterfoil.imports;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes tickets that happened elsewhere, with their own times, authors and ids. Nothing follows by itself: an import does
 * not apply the workflow. Closing events record resolutions, and the customers' channels grow, as they do at the desks. The
 * staff sees what all events make of a ticket, its customer what the public ones do.
 *
 * <p>It acts for the host itself and checks nobody's rights: do not hand it to code that acts for a customer.
 */
public interface Imports {

    /**
     * Imports every ticket of the iterator that has no fault, with {@link Options#standard()}.
     *
     * @see #run(Iterator, Options)
     */
    default Report run(Iterator<ImportedTicket> tickets) {
        return run(tickets, Options.standard());
    }

    /**
     * Imports every ticket of the iterator that has no fault. Each ticket is stored whole or not at all, in batches of one
     * statement. Importing again stores what is not stored yet and doubles nothing: a ticket whose stored events are the
     * first of the given ones gains the rest. One that is stored with another beginning, or with an event that differs, is a
     * fault ({@code beginning.diverged}, {@code events.diverged}): an import never takes another ticket's place, nor its number. Nor does
     * one bring a ticket back that was purged ({@code ticket.purged}). Imports may run beside each other and beside the desks.
     *
     * <p>The people must be registered before, or the options say otherwise. Only a batch is held in memory. If the database
     * fails in the middle, all batches before are stored, the batch under way may be ({@code OutcomeUnknown}), and the import
     * can be run again from the start. What the iterator throws reaches the caller, after the batches before were stored.
     */
    Report run(Iterator<ImportedTicket> tickets, Options options);

    /** How tickets are imported. */
    final class Options implements AsJson {
        private final boolean placeholders;

        private Options(boolean placeholders) {
            this.placeholders = placeholders;
        }

        /** A person who is not registered is a fault of the ticket that names them. */
        public static Options standard() {
            return new Options(false);
        }

        /**
         * Whether authors and assignees whom nobody has registered are made up. Such placeholders are marked
         * ({@code Worker.placeholder()}, {@code Customer.placeholder()}) and have the names under their first event and an
         * address that leads nowhere; workers among them are not active. Registering or importing the person replaces the
         * placeholder, unless they were erased: who is known as erased is made up under a stand-in's name. It takes one statement more for each batch. A ticket's customer is never made up, nor is who opened it
         * if the table of users is the host's own and lacks them.
         */
        public Options placeholders(boolean placeholders) {
            return new Options(placeholders);
        }

        public boolean placeholders() {
            return placeholders;
        }

        @Override
        public JsonValue json() {
            return JsonValue.parse(
                    new JsonObject().putAny("placeholders", placeholders).text());
        }

        /**
         * What {@link #json()} gave.
         *
         * @throws InvalidInput if it is anything else
         */
        public static Options fromJson(JsonValue json) {
            JsonFields fields = JsonFields.of(json);
            return fields.done(new Options(fields.bool("placeholders")));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Options that && placeholders == that.placeholders;
        }

        @Override
        public int hashCode() {
            return Boolean.hashCode(placeholders);
        }

        @Override
        public String toString() {
            return "Options[placeholders=" + placeholders + "]";
        }
    }

    /**
     * What an import did.
     *
     * @param imported tickets that were stored, or gained the events that were missing
     * @param present tickets of which everything was stored before
     * @param faults what was wrong with the others, of which nothing was stored; a ticket may have several
     * @param remarks what came in though it is not as the desks would have it, and is kept as it was given; what a document
     *     says otherwise than its events ({@code differs}); which people were made up ({@code placeholder}); and references that others had before
     *     ({@code taken})
     */
    record Report(long imported, long present, List<Fault> faults, List<Fault> remarks) implements AsJson {

        /**
         * One fault, or one remark.
         *
         * @param item the place in the import, from 0
         * @param id the ticket or person; the nil UUID if there is no id that can be read
         * @param seq the event at fault; 0 if it is not an event
         * @param field the member at fault
         * @param code what is wrong with it: {@code unknown}, {@code out_of_order}, {@code not_current}, {@code too_long}, …
         * @param limit the limit that was passed, in the unit that the field's documentation names; null where there is none
         */
        public record Fault(
                long item,
                UUID id,
                int seq,
                String field,
                String code,
                @Nullable Long limit) implements AsJson {
            @Override
            public String toString() {
                return "item " + item + ", " + id + (seq == 0 ? "" : ", event " + seq) + ": " + field + "." + code
                        + (limit == null ? "" : " (limit " + limit + ")");
            }
        }

        public Report {
            faults = Given.list("faults", faults);
            remarks = Given.list("remarks", remarks);
        }

        /** Without remarks. */
        public Report(long imported, long present, List<Fault> faults) {
            this(imported, present, faults, List.of());
        }
    }
}
