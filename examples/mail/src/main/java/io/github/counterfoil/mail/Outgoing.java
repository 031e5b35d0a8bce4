package io.github.counterfoil.mail;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of the outbox. */
record Outgoing(Connection transaction) {
    private static final int THREAD = 10;

    /** All of them or none: after what a value causes the transaction goes on. */
    void insert(List<Letter> letters) throws SQLException {
        if (letters.isEmpty()) {
            return;
        }
        Savepoint before = transaction.setSavepoint();
        try {
            for (Letter letter : letters) {
                insert(letter);
            }
            transaction.releaseSavepoint(before);
        } catch (SQLException e) {
            rollBack(before, e);
            throw e;
        }
    }

    private void rollBack(Savepoint before, SQLException reason) {
        try {
            transaction.rollback(before);
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private void insert(Letter letter) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("insert into mail.outgoing"
                + " (message_id, ticket_id, event_id, customer_id, kind, author, subject, body, files, thread, written_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (message_id) do nothing")) {
            insert.setString(1, letter.messageId());
            insert.setObject(2, letter.ticketId());
            insert.setObject(3, letter.eventId());
            insert.setObject(4, letter.customerId());
            insert.setString(5, letter.kind().name());
            insert.setString(6, letter.author());
            insert.setString(7, letter.subject());
            insert.setString(8, letter.body());
            insert.setArray(9, transaction.createArrayOf("uuid", letter.files().toArray()));
            insert.setArray(
                    10, transaction.createArrayOf("text", letter.thread().toArray()));
            insert.setObject(11, letter.writtenAt().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    boolean openedAutomatically(UUID ticketId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(
                "select automatic from mail.incoming where ticket_id = ? and outcome = 'OPENED'")) {
            select.setObject(1, ticketId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    // region: thread
    /** Only of mails that this customer sent or was sent: a Message-ID may hold an address. */
    List<String> thread(UUID ticketId, UUID customerId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("select message_id from ("
                + " select message_id, received_at as at from mail.incoming where ticket_id = ? and customer_id = ?"
                + " and message_id not like '<sha256.%' and outcome <> 'BOUNCED'"
                + " union all"
                + " select message_id, stored_at from mail.outgoing where ticket_id = ? and customer_id = ?"
                + ") as mails order by at desc limit ?")) {
            select.setObject(1, ticketId);
            select.setObject(2, customerId);
            select.setObject(3, ticketId);
            select.setObject(4, customerId);
            select.setInt(5, THREAD);
            List<String> thread = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    thread.add(row.getString(1));
                }
            }
            Collections.reverse(thread);
            return thread;
        }
    }
    // endregion

    // region: hold
    /** The next that waits and nobody else sends, the mails to a customer about a ticket in their order; nobody is given it again for a while. */
    Optional<Letter> hold(Duration hold) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement("""
                update mail.outgoing set tries = tries + 1, next_try_at = clock_timestamp() + make_interval(secs => ?)
                where message_id = (
                    select message_id from mail.outgoing as next
                    where sent_at is null and given_up is null and next_try_at <= clock_timestamp()
                    and not exists (
                        select from mail.outgoing as before
                        where before.ticket_id = next.ticket_id and before.customer_id = next.customer_id
                        and before.place < next.place and before.sent_at is null and before.given_up is null)
                    order by place limit 1 for update skip locked)
                returning message_id, ticket_id, event_id, customer_id, kind, author, subject, body, files, thread, written_at
                """)) {
            update.setDouble(1, hold.toMillis() / 1000.0);
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? Optional.of(letter(row)) : Optional.empty();
            }
        }
    }
    // endregion

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                row.getString("message_id"),
                row.getObject("ticket_id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getObject("customer_id", UUID.class),
                Letter.Kind.valueOf(row.getString("kind")),
                row.getString("author"),
                row.getString("subject"),
                row.getString("body"),
                Arrays.asList((UUID[]) row.getArray("files").getArray()),
                Arrays.asList((String[]) row.getArray("thread").getArray()),
                row.getObject("written_at", OffsetDateTime.class).toInstant());
    }

    boolean sent(String messageId) throws SQLException {
        return update(
                messageId,
                "update mail.outgoing set sent_at = clock_timestamp(), subject = '', body = '', files = '{}'"
                        + " where message_id = ?");
    }

    /** Nothing was tried: the mail server is away, which is no fault of the mail. */
    boolean giveBack(String messageId) throws SQLException {
        return update(
                messageId,
                "update mail.outgoing set tries = tries - 1,"
                        + " next_try_at = clock_timestamp() + interval '30 seconds' where message_id = ?");
    }

    /** @return whether it is tried again: eight times within some hours */
    boolean tryLater(String messageId) throws SQLException {
        return update(
                messageId,
                "update mail.outgoing set"
                        + " next_try_at = clock_timestamp() + make_interval(secs => 60 * power(2, tries))"
                        + " where message_id = ? and tries < 8");
    }

    private boolean update(String messageId, String sql) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setString(1, messageId);
            return update.executeUpdate() == 1;
        }
    }
}
