package io.github.counterfoil.error;

/**
 * The connection does not say which transaction a call would belong to; nothing was sent. It is a matter of configuration:
 * the same call fails again.
 *
 * <ul>
 *   <li>{@code connection.undeclared}: it has autocommit off, and nobody said who ends its transaction. Say so with
 *       {@code TicketService.Builder.transactionOwner} or {@code ConnectionSource.transactionOwner}, or switch the pool's
 *       autocommit on.
 *   <li>{@code connection.no_transaction}: it was given to {@code TicketService.joining} and has autocommit on, so that there
 *       is nothing to join. Call {@code setAutoCommit(false)} first, or use the service itself.
 *   <li>{@code connection.in_transaction}: it was given to {@code ChangeFeed.await} and has autocommit off: within a transaction
 *       nobody hears of others. Call {@code setAutoCommit(true)} first. Or a file was to be uploaded to, or swept from, a store of the
 *       host's within a transaction of the host's, of whose rollback the store would know nothing. Do it before or after.
 *   <li>{@code connection.not_direct}: it was given to {@code ChangeFeed.await} and is not the driver's nor around one of the driver's, or it
 *       leads to a pooler, such as PgBouncer, behind which nobody hears of others. Open one that leads to PostgreSQL itself.
 *   <li>{@code connection.moment_over}: {@code TicketService.atOneMoment} handed the service over, and has ended. Use the service
 *       that it was called on.
 * </ul>
 */
public final class UnsuitableConnection extends CounterfoilException {
    private static final long serialVersionUID = 1L;

    private UnsuitableConnection(String code, String message) {
        super(code, message);
    }

    public static UnsuitableConnection undeclared() {
        return new UnsuitableConnection(
                "connection.undeclared",
                "the connection has autocommit off and nobody said who ends its transaction: say so with"
                        + " TicketService.Builder.transactionOwner or ConnectionSource.transactionOwner,"
                        + " or switch the pool's autocommit on");
    }

    public static UnsuitableConnection withoutTransaction() {
        return new UnsuitableConnection(
                "connection.no_transaction",
                "the connection to join has autocommit on, so that there is no transaction:"
                        + " call setAutoCommit(false) first, or use the service without joining");
    }

    public static UnsuitableConnection inTransaction() {
        return new UnsuitableConnection(
                "connection.in_transaction",
                "the connection to wait on has autocommit off, and within a transaction nobody hears of others:"
                        + " call setAutoCommit(true) first");
    }

    public static UnsuitableConnection besideStore() {
        return new UnsuitableConnection(
                "connection.in_transaction",
                "the call is within a transaction, of whose rollback the store of attachments knows nothing:"
                        + " upload and sweep before or after it");
    }

    public static UnsuitableConnection notDirect() {
        return new UnsuitableConnection(
                "connection.not_direct",
                "the connection to wait on is not of PostgreSQL's driver, or leads to a pooler:"
                        + " open one that leads to PostgreSQL itself");
    }

    public static UnsuitableConnection afterItsMoment() {
        return new UnsuitableConnection(
                "connection.moment_over", "the reading at one moment is over: use the service that began it");
    }
}
