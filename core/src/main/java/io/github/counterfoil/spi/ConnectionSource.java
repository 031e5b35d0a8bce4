package io.github.counterfoil.spi;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where Counterfoil gets a connection for each call and gives it back. A framework's glue is one class: with Spring,
 * {@code DataSourceUtils.getConnection} and {@code DataSourceUtils.releaseConnection}.
 *
 * <p>Counterfoil sends one statement on it and neither begins, commits nor rolls back anything, so the source decides what
 * a statement belongs to: a connection in autocommit mode makes it a transaction of its own, any other connection makes it
 * part of the transaction that the source's owner will end.
 */
public interface ConnectionSource {

    Connection open() throws SQLException;

    /** Called once for each connection that {@link #open()} gave, also after an error. */
    void release(Connection connection) throws SQLException;
}
