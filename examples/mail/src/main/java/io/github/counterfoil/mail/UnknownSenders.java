package io.github.counterfoil.mail;

import io.github.counterfoil.people.NewCustomer;
import io.github.counterfoil.ticket.CleanText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** What becomes of a mail whose sender is no customer. */
@FunctionalInterface
public interface UnknownSenders {

    /**
     * @param sender as the mail says, which anybody can write: a mail server in front checks it
     * @param transaction in which the customer is registered: where the table of users is the host's own, the row is to be added in it
     * @return empty to keep the mail aside
     */
    Optional<NewCustomer> welcome(IncomingMail mail, IncomingMail.Sender sender, Connection transaction)
            throws SQLException;

    /** They are registered under the name that the mail gives; machines and lists are not. */
    static UnknownSenders register() {
        return (mail, sender, transaction) -> mail.isAutomatic() ? Optional.empty() : Optional.of(customer(sender));
    }

    /** Nobody is registered by a mail. */
    static UnknownSenders refuse() {
        return (mail, sender, transaction) -> Optional.empty();
    }

    /** The last word is the last name; who has one word has one name. */
    private static NewCustomer customer(IncomingMail.Sender sender) {
        String name = CleanText.title(sender.name(), sender.address().replaceFirst("@.*", ""));
        int blank = name.lastIndexOf(' ');
        String first = CleanText.name(blank < 0 ? name : name.substring(0, blank), "?");
        String last = blank < 0 ? "" : CleanText.name(name.substring(blank + 1), "?");
        return NewCustomer.of(UUID.randomUUID(), sender.address(), first, last);
    }
}
