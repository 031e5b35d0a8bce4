package io.github.counterfoil.mail;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.error.Conflict;
import io.github.counterfoil.error.NotAllowed;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.mail.IncomingMail.Kind;
import io.github.counterfoil.mail.IncomingMail.Report;
import io.github.counterfoil.mail.IncomingMail.Sender;
import io.github.counterfoil.mail.MailIn.Outcome;
import io.github.counterfoil.mail.MailIn.Result;
import io.github.counterfoil.people.Customer;
import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.ticket.CleanText;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.Reference;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One mail in one transaction. */
final class Arrival {
    private static final String SOURCE = "mail";
    private static final String CHANNEL = "mail";
    private static final String NO_SUBJECT = "(no subject)";
    private static final String NO_TEXT = "(no text)";

    private final TicketService tickets;
    private final Connection transaction;
    private final MailSettings settings;
    private final IncomingMail mail;
    private final Sender sender;
    private final Received received;
    /** What can be stored of its text; empty if nothing of it can be seen. */
    private final String text;

    Arrival(TicketService tickets, Connection transaction, MailSettings settings, IncomingMail mail) {
        this.tickets = tickets;
        this.transaction = transaction;
        this.settings = settings;
        this.mail = mail;
        this.sender = mail.from().get(0);
        this.received = new Received(transaction, mail, sender.address());
        this.text = CleanText.body(mail.text(), "");
    }

    // region: arrival
    Result result() throws SQLException {
        MailTables.lock(
                transaction, sender.address()); // so that two nodes neither take it twice nor count past the limit
        Optional<Result> before = received.before();
        if (before.isPresent()) {
            return before.get();
        }
        if (mail.kind() == Kind.REPORT) {
            return reported(); // as many as mails left here
        }
        if (received.ofSender(settings.window()) >= settings.mailsOfSender()) {
            return Result.notTaken("sender.too_many");
        }
        Optional<Customer> known = tickets.people().customerByEmail(sender.address());
        if (known.isPresent()) {
            return known.get().blocked()
                    ? Result.notTaken("actor.blocked")
                    : from(known.get().id());
        }
        if (tickets.people().workerByEmail(sender.address()).isPresent()) {
            return Result.notTaken("sender.is_worker"); // anybody can write an agent's address
        }
        Optional<NewCustomer> welcome = settings.unknownSenders().welcome(mail, sender, transaction);
        if (welcome.isEmpty()) {
            return Result.notTaken("sender.unknown");
        }
        return from(registered(welcome.get()));
    }

    /** Somebody else may have registered them meanwhile, on a web page. */
    private UUID registered(NewCustomer customer) {
        try {
            tickets.people().registerCustomer(customer);
            return customer.id();
        } catch (Conflict e) {
            return tickets.people()
                    .customerByEmail(customer.email())
                    .map(Customer::id)
                    .orElseThrow(() -> e);
        }
    }

    private Result from(UUID customerId) throws SQLException {
        CustomerDesk desk = tickets.customer(customerId);
        Reference reference = new Reference(SOURCE, mail.messageId());
        Optional<Result> stored = stored(customerId, desk.findReferences(List.of(reference)));
        if (stored.isPresent()) {
            return stored.get();
        }
        Optional<UUID> ticket = new Conversation(desk, settings.domain(), SOURCE).of(mail);
        if (ticket.isPresent()) {
            MailTables.lock(transaction, ticket.get().toString());
            if (received.inTicket(ticket.get(), settings.window()) >= settings.mailsOfTicket()) {
                return Result.notTaken("ticket.too_many");
            }
        }
        if (mail.kind() == Kind.AUTO_REPLY) {
            return ticket.isPresent() ? noted(customerId, ticket.get()) : Result.notTaken("mail.auto_reply");
        }
        Optional<Result> replied = ticket.isPresent() ? replied(customerId, ticket.get(), reference) : Optional.empty();
        return replied.isPresent() ? replied.get() : opened(customerId, reference);
    }
    // endregion

    /** What this sender sent under the Message-ID, even if its row was deleted; what others sent under it is no matter. */
    private Optional<Result> stored(UUID customerId, List<Reference.Place> places) {
        for (Reference.Place place : places) {
            Optional<StoredMail> stored = StoredMail.at(place, tickets.system(settings.actor()))
                    .filter(mine -> mine.author().equals(customerId));
            if (stored.isPresent()) {
                boolean same = text.isEmpty() || stored.get().says(text);
                return Optional.of(
                        same
                                ? Result.of(Outcome.ALREADY_THERE, place.ticketId())
                                : Result.notTaken("message_id.reused"));
            }
        }
        return Optional.empty();
    }

    /** A person who is away must not open a closed ticket again, and the staff should know. */
    private Result noted(UUID customerId, UUID ticket) throws SQLException {
        String note = "Automatic answer:\n\n" + CleanText.title(mail.subject(), NO_SUBJECT) + "\n\n" + textOr(NO_TEXT);
        UUID once = UUID.nameUUIDFromBytes((sender.address() + mail.messageId()).getBytes(StandardCharsets.UTF_8));
        tickets.system(settings.actor()).on(ticket).once(once).note(CleanText.body(note, NO_TEXT));
        return received.store(Outcome.NOTED, ticket, customerId);
    }

    /** Empty if the ticket takes no replies any more: it goes on in a new one. */
    private Optional<Result> replied(UUID customerId, UUID ticket, Reference reference) throws SQLException {
        CustomerDesk desk = tickets.customer(customerId);
        List<IncomingMail.File> files = files();
        Command.Reply reply = Command.reply(textOr(files.isEmpty() ? NO_TEXT : ""))
                .with(uploaded(desk.on(ticket).attachments(), files));
        try {
            desk.on(ticket).once(reference).apply(reply);
            keepOriginal(ticket, customerId);
            return Optional.of(received.store(Outcome.REPLIED, ticket, customerId));
        } catch (NotAllowed | Conflict e) {
            if (e.code().equals("status.not_allowed") || e.code().equals("ticket.full")) {
                return Optional.empty();
            }
            throw e;
        } catch (TicketNotFound e) {
            return Optional.empty(); // moved or purged since it was found
        }
    }

    private Result opened(UUID customerId, Reference reference) throws SQLException {
        CustomerDesk desk = tickets.customer(customerId);
        NewTicket opening = NewTicket.of(
                        CleanText.title(Conversation.withoutNumbers(mail.subject()), NO_SUBJECT), textOr(NO_TEXT))
                .channel(CHANNEL)
                .reference(reference);
        UUID ticket = desk.open(opening).id();
        List<IncomingMail.File> files = files();
        if (!files.isEmpty()) {
            List<UUID> uploads = uploaded(desk.on(ticket).attachments(), files);
            desk.on(ticket).apply(Command.reply("").with(uploads));
        }
        keepOriginal(ticket, customerId);
        return received.store(Outcome.OPENED, ticket, customerId);
    }

    private String textOr(String fallback) {
        return text.isEmpty() ? fallback : text;
    }

    // region: original
    /** What the mail has, and its text as it came where the message has another. No header is in it: others read this. */
    private List<IncomingMail.File> files() {
        boolean cut = !text.equals(mail.text()) && !mail.text().isBlank();
        List<IncomingMail.File> all = new ArrayList<>();
        if (mail.original().length > 0 && (cut || !mail.whole())) {
            all.add(new IncomingMail.File("original.txt", "application/octet-stream", mail.original()));
        }
        all.addAll(filled());
        return all.subList(0, Math.min(all.size(), FileNames.MOST_FILES));
    }

    /** The whole mail, for the staff alone, where the ticket has not all that can be read in it. */
    private void keepOriginal(UUID ticket, UUID customerId) throws SQLException {
        if (mail.whole() && files().containsAll(filled())) {
            return;
        }
        received.keepOriginal(ticket, customerId);
        tickets.system(settings.actor()).on(ticket).note(MailTexts.notWhole());
    }
    // endregion

    private List<IncomingMail.File> filled() {
        return mail.files().stream().filter(file -> file.bytes().length > 0).toList();
    }

    private static List<UUID> uploaded(Attachments attachments, List<IncomingMail.File> files) {
        List<UUID> uploads = new ArrayList<>();
        for (IncomingMail.File file : files) {
            uploads.add(attachments
                    .add(FileNames.name(file), FileNames.type(file), new ByteArrayInputStream(file.bytes()))
                    .id());
        }
        return uploads;
    }

    /** Only of a mail that was sent from here, and once of each: what else reports claim is kept aside. */
    private Result reported() throws SQLException {
        Optional<Report> report = mail.report().filter(Report::failed);
        Optional<Undelivered> undelivered =
                report.isPresent() ? Undelivered.give(transaction, report.get()) : Optional.empty();
        if (undelivered.isEmpty()) {
            return Result.notTaken("mail.report");
        }
        undelivered.get().tell(tickets.system(settings.actor()));
        return received.store(
                Outcome.BOUNCED, undelivered.get().ticketId(), undelivered.get().customerId());
    }
}
