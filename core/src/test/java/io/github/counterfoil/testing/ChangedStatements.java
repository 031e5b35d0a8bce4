package io.github.counterfoil.testing;

import io.github.counterfoil.spi.ConnectionSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Connections that prepare other SQL than they are given, as a fault in what writes it would. */
public record ChangedStatements(DataSource dataSource, UnaryOperator<String> change) implements ConnectionSource {
    @Override
    public Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        arguments[0] = change.apply((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void release(Connection used) throws SQLException {
        used.close();
    }
}
