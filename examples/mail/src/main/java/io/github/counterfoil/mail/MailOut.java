package io.github.counterfoil.mail;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.change.ChangeFeed;
import io.github.counterfoil.change.ChangeFeed.Start;
import io.github.counterfoil.change.CustomerChange;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.ticket.TicketStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts what customers are to be told into the outbox, once: it follows the feed of what they see, and so has nothing private to tell. Any number
 * of nodes may call it.
 */
public final class MailOut {
    private static final String CONSUMER = "mail";
    private static final int PORTION = 100;
    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Logger LOG = System.getLogger(MailOut.class.getName());

    private final TicketService tickets;
    private final MailSettings settings;
    private final OwnMessageIds ids;

    public MailOut(TicketService tickets, MailSettings settings) {
        this.tickets = tickets;
        this.settings = settings;
        this.ids = new OwnMessageIds(settings.domain());
    }

    // region: out
    /** At each start of the host; the first time it begins with what happens from then on. */
    public void register() {
        tickets.people().registerSystem(settings.actor(), "Mail");
        tickets.changes().forCustomers().register(CONSUMER, Start.now());
    }

    /** Until it returns 0, whenever something may have happened. */
    public int fillOutbox() throws SQLException {
        ChangeFeed<CustomerChange> feed = tickets.changes().forCustomers();
        return feed.<SQLException>process(CONSUMER, PORTION, (portion, transaction) -> {
            Outgoing outgoing = new Outgoing(transaction);
            for (CustomerChange change : portion) {
                put(change, outgoing, transaction);
            }
        });
    }

    /** What cannot be made into letters is passed over and logged: it would keep all that comes after it from leaving. */
    private void put(CustomerChange change, Outgoing outgoing, Connection transaction) throws SQLException {
        try {
            outgoing.insert(letters(change, outgoing, transaction));
        } catch (CounterfoilException e) {
            throw e; // the database's trouble, or of how the host is built
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith(MailIn.BAD_DATA)) {
                throw e;
            }
            passOver(change, "SQLSTATE " + e.getSQLState());
        } catch (RuntimeException e) {
            passOver(change, e.getClass().getName());
        }
    }

    private static void passOver(CustomerChange change, String reason) {
        LOG.log(Level.ERROR, "a change of ticket {0} is not mailed: {1}", change.ticketId(), reason);
    }

    private List<Letter> letters(CustomerChange change, Outgoing outgoing, Connection transaction) throws SQLException {
        TicketService joined = tickets.joining(transaction);
        if (change instanceof CustomerChange.Opened opened
                && !opened.imported()
                && !outgoing.openedAutomatically(opened.ticketId())) {
            return opened(opened, outgoing, customer(joined, opened.ticket().customerId()));
        }
        if (change instanceof CustomerChange.Happened happened && !happened.imported() && tells(happened.event())) {
            return happened(happened, outgoing, readers(joined, happened));
        }
        return List.of();
    }

    private static boolean tells(CustomerEvent event) {
        return event instanceof CustomerEvent.Message
                || event instanceof CustomerEvent.StatusUpdate update && update.newValue() == TicketStatus.CLOSED;
    }

    /** The ticket's customer and who takes part; not who did it, and nobody who is blocked or erased. */
    private List<Customer> readers(TicketService joined, CustomerChange.Happened happened) {
        List<UUID> ids = new ArrayList<>(List.of(happened.ticket().customerId()));
        try {
            joined.system(settings.actor())
                    .on(happened.ticketId())
                    .participants()
                    .customers()
                    .forEach(participant -> ids.add(participant.id()));
        } catch (TicketNotFound e) {
            return List.of(); // purged meanwhile
        }
        happened.byCustomer().ifPresent(ids::remove);
        return ids.stream().flatMap(id -> customer(joined, id).stream()).toList();
    }
    // endregion

    private static Optional<Customer> customer(TicketService joined, UUID id) {
        return joined.people().customer(id).filter(customer -> !customer.blocked());
    }

    private List<Letter> opened(CustomerChange.Opened opened, Outgoing outgoing, Optional<Customer> customer)
            throws SQLException {
        return customer.isEmpty()
                ? List.of()
                : List.of(letter(
                        opened.ticket(),
                        null,
                        customer.get(),
                        Letter.Kind.OPENED,
                        "",
                        MailTexts.opened(opened.ticket().number()),
                        List.of(),
                        opened.at(),
                        outgoing));
    }

    private List<Letter> happened(CustomerChange.Happened happened, Outgoing outgoing, List<Customer> readers)
            throws SQLException {
        List<Letter> letters = new ArrayList<>();
        CustomerEvent event = happened.event();
        for (Customer reader : readers) {
            letters.add(
                    event instanceof CustomerEvent.Message message
                            ? letter(
                                    happened.ticket(),
                                    event.id(),
                                    reader,
                                    Letter.Kind.MESSAGE,
                                    event.authorName(),
                                    MailTexts.message(message),
                                    files(message),
                                    event.createdAt(),
                                    outgoing)
                            : letter(
                                    happened.ticket(),
                                    event.id(),
                                    reader,
                                    Letter.Kind.CLOSED,
                                    "",
                                    MailTexts.closed(happened.ticket().number()),
                                    List.of(),
                                    event.createdAt(),
                                    outgoing));
        }
        return letters;
    }

    private Letter letter(
            CustomerChange.About ticket,
            @Nullable UUID eventId,
            Customer reader,
            Letter.Kind kind,
            String author,
            String body,
            List<UUID> files,
            Instant writtenAt,
            Outgoing outgoing)
            throws SQLException {
        return new Letter(
                ids.of(ticket.id(), eventId, reader.id()),
                ticket.id(),
                eventId,
                reader.id(),
                kind,
                author,
                Conversation.withNumber(ticket.title(), ticket.number()),
                body,
                files,
                outgoing.thread(ticket.id(), reader.id()),
                writtenAt);
    }

    /** Ids of what may be files in the service's own store; other attachments are the host's, of whatever shape. */
    private static List<UUID> files(CustomerEvent.Message message) {
        List<UUID> files = new ArrayList<>();
        for (JsonValue attachment : message.attachments()) {
            JsonValue id = attachment.members().get("id");
            if (id != null
                    && id.kind() == JsonValue.Kind.STRING
                    && UUID_SHAPE.matcher(id.string()).matches()
                    && attachment.members().containsKey("sha256")) {
                files.add(UUID.fromString(id.string()));
            }
        }
        return files;
    }
}
