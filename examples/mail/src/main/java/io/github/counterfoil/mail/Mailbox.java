package io.github.counterfoil.mail;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;

/** Empties a mailbox into {@link MailIn}. A mail leaves it after it was taken or kept aside, so that none is lost; one may come twice. */
public final class Mailbox {
    private static final String INBOX = "INBOX";

    private final MailIn mailIn;

    public Mailbox(MailIn mailIn) {
        this.mailIn = mailIn;
    }

    // region: poll
    /**
     * Takes what is there. A mail that the mail server cannot give stays, is flagged for somebody to look at, and keeps no other from its turn.
     *
     * @param store connected
     * @return how many were taken or kept aside
     * @throws SQLException and Counterfoil's own, while the database is away: the mails stay where they are
     */
    public int poll(Store store) throws MessagingException, SQLException {
        int taken = 0;
        try (Folder inbox = store.getFolder(INBOX)) {
            inbox.open(Folder.READ_WRITE);
            for (Message message : inbox.getMessages()) {
                if (waits(message)) {
                    byte[] bytes = bytes(message);
                    if (bytes.length > 0) {
                        mailIn.take(bytes);
                        message.setFlag(Flags.Flag.DELETED, true);
                        taken++;
                    }
                }
            }
        } catch (FolderNotFoundException e) {
            throw new IllegalStateException("the mailbox has no inbox", e);
        }
        return taken;
    }
    // endregion

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
