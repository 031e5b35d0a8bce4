package io.github.counterfoil.testing;

import io.github.counterfoil.spi.ConnectionSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Connections that break after PostgreSQL has done what it was told and before its answer arrives. */
public final class LosingConnections implements ConnectionSource {
    private static final Set<String> EXECUTIONS = Set.of("execute", "executeQuery", "executeUpdate");

    private final DataSource dataSource;
    private final AtomicInteger left = new AtomicInteger();

    public LosingConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** How many of the next answers get lost. */
    public void loseAnswers(int count) {
        left.set(count);
    }

    @Override
    public Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        return wrap(Connection.class, connection);
    }

    @Override
    public void release(Connection connection) throws SQLException {
        connection.close();
    }

    private <T> T wrap(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (EXECUTIONS.contains(method.getName()) && left.getAndUpdate(n -> Math.max(n - 1, 0)) > 0) {
                        throw new SQLException("the connection was lost", "08006");
                    }
                    return answer instanceof PreparedStatement statement
                            ? wrap(PreparedStatement.class, statement)
                            : answer;
                }));
    }
}
