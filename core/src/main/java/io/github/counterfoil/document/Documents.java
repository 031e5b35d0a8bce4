package io.github.counterfoil.document;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.imports.Imports;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;

/**
 * Tickets, customers and workers as JSON documents: each an object with the columns of the documented table as members. Times
 * are in UTC, whatever the session's time zone. A ticket's has members beside the documented ones, which an import keeps: {@code counterfoil_number}, the
 * number that people say, and where there are any {@code counterfoil_references}, its ids in other systems: each with {@code source}, {@code id}
 * and, on an event, {@code event_id}.
 *
 * <p>It acts for the host itself and checks nobody's rights: a ticket's document holds all that is private.
 */
public interface Documents {

    /**
     * A ticket with its history, in one statement; empty if there is none. One that is too large for 32 MiB comes with the
     * newest events that fit, and the newest notes, and says {@code "truncated": true} beside them: {@link #writeTicket} gives
     * all.
     */
    Optional<JsonValue> ticket(UUID ticketId);

    /**
     * Writes the document of a ticket with its whole history, however large: as it was at one moment, in one statement and one
     * more for each 16 MiB of events and of notes, in a transaction of their own. Neither flushes nor closes the writer.
     *
     * @return whether there is such a ticket; if not, nothing was written
     * @throws IOException if the writer throws it
     */
    boolean writeTicket(UUID ticketId, Writer out) throws IOException;

    /** A customer, in one statement; empty if there is none. */
    Optional<JsonValue> customer(UUID customerId);

    /**
     * Writes everything of a customer's as they may have it, however much, in one call and as it was at one moment: an object with their row,
     * {@code customer}, and their {@code tickets}, each with its whole {@code ticket_history}. It is what their desk shows them
     * (a {@code CustomerDesk}), in the documented shapes: no private event, no notes, tags or custom fields, and agents only
     * by the names that the service's {@code AgentDisplay} gives them, in {@code assigned_to}, {@code agent_name} and
     * {@code created_by_name}. Their feedback stands in the tickets. Tickets that were moved to another customer are that one's, and so
     * are those in which they take part: of these there is only what they wrote, in {@code events}, each with its {@code ticket_id}.
     * {@code read} says up to which {@code version} they marked which ticket as read, {@code references} which ids of other systems their desk was given.
     * A statement for each 200 tickets and for each 1,000 of those marks and references, and one more for each 200 events of a ticket or 16 MiB of them. In a
     * transaction of the host's it is at one moment if that is at REPEATABLE READ. Neither flushes nor closes the writer; what was written when an exception comes is no document.
     *
     * @return whether there is such a customer; if not, nothing was written
     * @throws IOException if the writer throws it
     */
    boolean writeCustomer(UUID customerId, Writer out) throws IOException;

    /**
     * Writes everything of a worker's, as {@link #writeCustomer}: an object with their row, {@code worker}, as {@link #worker}
     * gives it, and {@code events}: all that they did, each event as in a ticket's document with its {@code ticket_id}, in the order of their times,
     * and {@code read}. Their private notes are among them: it is for the staff.
     *
     * @return whether there is such a worker; if not, nothing was written
     * @throws IOException if the writer throws it
     */
    boolean writeWorker(UUID workerId, Writer out) throws IOException;

    /** A worker, in one statement; empty if there is none. */
    Optional<JsonValue> worker(UUID workerId);

    /**
     * Registers the customers of the documents; one that is registered already is left as it is, unless an import made them
     * up. Names, e-mails, languages and channels need only be storable: what registering would refuse is kept as it is given,
     * with a remark. A customer's {@code feedback_history} is not read: it follows from the tickets. Nor is a member that the
     * documented table does not have, with the remark {@code document.unknown_member}.
     */
    Imports.Report importCustomers(Iterator<JsonValue> customers);

    /**
     * Registers the workers of the documents, as {@link #importCustomers}. A time zone that this JVM does not know is kept as
     * it is given; {@code metrics} that are {@code null} are empty. A worker's {@code assigned_tickets} and
     * {@code ticket_history} are not read: they follow from the tickets. The documented table does not say who was deactivated,
     * erased or made up: who was not there is active from then on. Deactivate them again.
     */
    Imports.Report importWorkers(Iterator<JsonValue> workers);

    /** Imports the tickets of the documents with {@link Imports.Options#standard()}. */
    default Imports.Report importTickets(Iterator<JsonValue> tickets) {
        return importTickets(tickets, Imports.Options.standard());
    }

    /**
     * Imports the tickets of the documents, under the rules of {@link io.github.counterfoil.imports.Imports}. Event types and
     * members of events that Counterfoil does not know are kept as they are; an event of a type that it knows must have what the
     * type requires. Texts may be as large as at the desks, however JSON writes them: 4 MiB of UTF-8 each; a ticket
     * together 64 Mi characters ({@code ticket.too_large}). While one comes in it takes some 12 bytes of heap for each
     * character of its JSON, 24 if any lies beyond Latin-1. Notes and feedback that have no event get one, under the name that
     * their author has. A tag that comes twice counts once, and a ticket without {@code customer_email} belongs to the customer
     * who opened it, each with a remark.
     *
     * <p>What the document says of the present must follow from its events: {@code status} and {@code assigned_to} that differ
     * are faults. Of the other columns the events count where both tell of them, with a remark: {@code title.differs}, and so
     * {@code description}, {@code priority}, {@code tags}, {@code custom_fields}, {@code customer_email} and
     * {@code feedback}, and under the event's number {@code internal_notes} of another text. A top-level member that the
     * documented table does not have is not read, with the remark {@code document.unknown_member}. Nothing is remarked upon
     * that is not there, nor of what {@link #ticket} and {@link #writeTicket} give.
     */
    Imports.Report importTickets(Iterator<JsonValue> tickets, Imports.Options options);

    /**
     * Moves a database over with {@link Imports.Options#standard()}.
     *
     * @see #adopt(String, Imports.Options)
     */
    default AdoptionReport adopt(String schema) {
        return adopt(schema, Imports.Options.standard());
    }

    /**
     * Moves a database over that keeps the documented tables {@code customers}, {@code workers} and {@code tickets} as real
     * tables, with JSON inside their rows. They are read in batches by id, of whatever type that column is, and left alone; an
     * index serves that only if it is {@code uuid}. Columns that are not documented, or that follow from others, are not read.
     * Several adoptions may run at once. One that broke off, or whose rows were mended, is run again: what was moved before is
     * left as it is.
     *
     * <p>A row with a fault is not moved: what is read of it is kept, with what is wrong, in the table {@code adoption_problem}
     * of Counterfoil's schema. A row without an id, or whose id is no UUID, comes last or in its place, is the fault
     * {@code id.required} or {@code id.malformed}, and is kept under an id that is made from it. A value that cannot be read is
     * a fault of its row by its column: a {@code json} value that {@code jsonb} cannot hold ({@code nul_char},
     * {@code invalid_unicode}, {@code number_range}), an object with a member twice ({@code duplicate_key}), what is larger than
     * may be ({@code too_large}), nested more than 1,000 deep ({@code too_deep}), or fails to be written by PostgreSQL
     * ({@code unreadable}). In the kept row such a value is null, and so is what is beyond 32 MiB of JSON.
     *
     * @param schema where the three tables are, unquoted; another than Counterfoil's own
     * @throws InvalidInput before a row is read: {@code schema.tables_missing} if one of them is not there;
     *     {@code schema[tickets].not_permitted} for each that the connection's role may not read, and
     *     {@code schema[tickets].row_security} for each whose rows are hidden from it where a policy says so: adopt as the
     *     table's owner or as a role with {@code bypassrls}; {@code schema[tickets].title.required} for each column that is not
     *     there and that every row needs; and with its type
     *     {@code schema[tickets].created_at(timestamp without time zone).not_a_moment}, {@code not_a_string},
     *     {@code not_an_array} or {@code not_an_object} for each whose values cannot be read, or not in one way only
     */
    AdoptionReport adopt(String schema, Imports.Options options);

    /**
     * What an adoption did with the rows of each literal table.
     *
     * @param customers of {@code customers}
     * @param workers of {@code workers}
     * @param tickets of {@code tickets}
     */
    record AdoptionReport(Imports.Report customers, Imports.Report workers, Imports.Report tickets) implements AsJson {}
}
