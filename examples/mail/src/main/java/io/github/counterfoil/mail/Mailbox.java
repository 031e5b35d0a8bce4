package io.github.counterfoil.mail;

import io.github.counterfoil.error.CounterfoilException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Empties a mailbox into {@link MailIn}. A mail leaves it after it was taken or kept aside, so that none is lost; one may come twice. */
public final class Mailbox {
    private static final String INBOX = "INBOX";
    private static final int MOST_FAILURES = 10;
    private static final int MOST_POLLS = 5;

    private final MailIn mailIn;
    private final Map<String, Integer> failedPolls = new ConcurrentHashMap<>();

    public Mailbox(MailIn mailIn) {
        this.mailIn = mailIn;
    }

    /** A mail that could not be taken now. */
    private record Failure(Message message, byte[] bytes, Exception reason) {}

    // region: poll
    /**
     * Takes what is there. One mail keeps no other from its turn: what the mail server cannot give stays, and is flagged for somebody to look at;
     * what fails while others are taken is kept aside after five polls.
     *
     * @param store connected
     * @return how many were taken or kept aside
     * @throws SQLException and Counterfoil's own, while the database is away: the mails stay where they are
     */
    public int poll(Store store) throws MessagingException, SQLException {
        int taken = 0;
        try (Folder inbox = store.getFolder(INBOX)) {
            inbox.open(Folder.READ_WRITE);
            List<Failure> failures = new ArrayList<>();
            for (Message message : inbox.getMessages()) {
                byte[] bytes = failures.size() < MOST_FAILURES && waits(message) ? bytes(message) : new byte[0];
                if (bytes.length > 0) {
                    try {
                        mailIn.take(bytes);
                        message.setFlag(Flags.Flag.DELETED, true);
                        taken++;
                    } catch (SQLException | CounterfoilException e) {
                        failures.add(new Failure(message, bytes, e));
                    }
                }
            }
            settle(failures, taken > 0);
        }
        return taken;
    }
    // endregion

    /** @param others whether there is a database that takes mails */
    private void settle(List<Failure> failures, boolean others) throws MessagingException, SQLException {
        for (Failure failure : failures) {
            String mail = MailReader.digest(failure.bytes());
            int polls = others ? failedPolls.merge(mail, 1, Integer::sum) : 0;
            if (polls < MOST_POLLS) {
                continue;
            }
            mailIn.keepAside(failure.bytes(), "failed.again");
            failure.message().setFlag(Flags.Flag.DELETED, true);
            failedPolls.remove(mail);
        }
        if (!others && !failures.isEmpty()) {
            if (failures.get(0).reason() instanceof SQLException e) {
                throw e;
            }
            throw (CounterfoilException) failures.get(0).reason();
        }
    }

    private static boolean waits(Message message) throws MessagingException {
        try {
            return !message.isSet(Flags.Flag.DELETED) && !message.isSet(Flags.Flag.FLAGGED);
        } catch (MessageRemovedException e) {
            return false; // by another node
        }
    }

    /** Empty if it cannot be read, or another node was faster. */
    private static byte[] bytes(Message message) throws MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (MessageRemovedException e) {
            return new byte[0];
        } catch (IOException | MessagingException e) {
            message.setFlag(Flags.Flag.FLAGGED, true);
            return new byte[0];
        }
    }
}
