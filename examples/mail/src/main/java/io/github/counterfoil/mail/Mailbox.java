package io.github.counterfoil.mail;

import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.TransactionAborted;
import io.github.counterfoil.error.Unavailable;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Empties a mailbox into {@link MailIn}. A mail leaves it after it was taken or kept aside, so that none is lost; one may come twice. */
public final class Mailbox {
    private static final String INBOX = "INBOX";
    private static final int MOST_AWAY = 10;
    private static final int MOST_POLLS = 5;
    /** SQLSTATEs of a database that is not there, or takes nobody in. */
    private static final Set<String> AWAY = Set.of("08", "28", "3D", "53", "57P");

    private final MailIn mailIn;
    private final Map<String, Integer> failedPolls = new ConcurrentHashMap<>();

    public Mailbox(MailIn mailIn) {
        this.mailIn = mailIn;
    }

    /** A mail that could not be taken now. */
    private record Failure(Message message, byte[] bytes) {}

    // region: poll
    /**
     * Takes what is there. One mail keeps no other from its turn: what the mail server cannot give stays, and is flagged for somebody to look at;
     * what fails in five polls is kept aside. While the database is away, which is when no mail can be taken, no poll counts.
     *
     * @param store connected
     * @return how many were taken or kept aside at once
     * @throws SQLException and Counterfoil's own, if none was and one failed: those mails stay where they are
     */
    public int poll(Store store) throws MessagingException, SQLException {
        int taken = 0;
        Optional<Exception> first = Optional.empty();
        try (Folder inbox = store.getFolder(INBOX)) {
            inbox.open(Folder.READ_WRITE);
            List<Failure> away = new ArrayList<>();
            for (Message message : inbox.getMessages()) {
                byte[] bytes = away.size() < MOST_AWAY && waits(message) ? bytes(message) : new byte[0];
                if (bytes.length == 0) {
                    continue;
                }
                Optional<Exception> reason = take(message, bytes);
                taken += reason.isEmpty() ? 1 : 0;
                first = first.or(() -> reason);
                Failure failure = new Failure(message, bytes);
                if (reason.filter(Mailbox::isAway).isPresent()) {
                    away.add(failure);
                } else if (reason.isPresent()) {
                    count(failure);
                }
            }
            for (Failure failure : taken > 0 ? away : List.<Failure>of()) {
                count(failure); // the database is there, and others were taken
            }
        }
        if (taken == 0 && first.isPresent()) {
            if (first.get() instanceof SQLException e) {
                throw e;
            }
            throw (CounterfoilException) first.get();
        }
        return taken;
    }

    // endregion

    /** @return why not */
    private Optional<Exception> take(Message message, byte[] bytes) throws MessagingException {
        try {
            mailIn.take(bytes);
        } catch (SQLException | CounterfoilException e) {
            return Optional.of(e);
        }
        message.setFlag(Flags.Flag.DELETED, true);
        return Optional.empty();
    }

    /** Whether it may be that nothing could be done for any mail: the database is away, or the host is built wrong. */
    private static boolean isAway(Exception reason) {
        if (reason instanceof SQLException e) {
            String state = String.valueOf(e.getSQLState());
            return e instanceof SQLTransientConnectionException || AWAY.stream().anyMatch(state::startsWith);
        }
        return !(reason instanceof TransactionAborted)
                && !(reason instanceof Unavailable busy && busy.code().equals("database.busy"));
    }

    private void count(Failure failure) throws MessagingException, SQLException {
        String mail = MailReader.digest(failure.bytes());
        if (failedPolls.merge(mail, 1, Integer::sum) >= MOST_POLLS) {
            mailIn.keepAside(failure.bytes(), "failed.again");
            failure.message().setFlag(Flags.Flag.DELETED, true);
            failedPolls.remove(mail);
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
