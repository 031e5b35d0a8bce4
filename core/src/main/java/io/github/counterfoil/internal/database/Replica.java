package io.github.counterfoil.internal.database;

import io.github.counterfoil.error.UnsuitableConnection;
import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Another server that follows the primary, for reads that may be late.
 *
 * @param source of connections that are in nobody's transaction
 * @param beside whether the primary's connections may belong to a transaction of the host's, which sees more than was
 *     committed: then one is looked at first
 */
public record Replica(ConnectionSource source, boolean beside) {

    /** @param beside as above */
    public static Replica of(DataSource dataSource, boolean beside) {
        return new Replica(
                new DeclaredConnections(new DataSourceConnections(dataSource), TransactionOwner.COUNTERFOIL), beside);
    }

    /** Whether a call now is not part of a transaction of the host's; sends nothing. */
    boolean mayAnswer(ConnectionSource primary) {
        if (!beside) {
            return true;
        }
        try (Session session = Session.open(primary)) {
            session.prepare(false, false);
            return !session.isHosts();
        } catch (UnsuitableConnection e) {
            return false;
        } catch (SQLException | RuntimeException e) {
            // No connection, no transaction: the replica may be all there is.
            return true;
        }
    }
}
