package io.github.counterfoil.hosts;

import com.zaxxer.hikari.HikariDataSource;
import io.github.counterfoil.spi.ConnectionSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The answer of what writes is lost on its way back, and then the pool is gone. */
record LosingThenClosed(ConnectionSource source, HikariDataSource pool) implements ConnectionSource {

    @Override
    public Connection open() throws SQLException {
        return wrap(Connection.class, source.open(), false);
    }

    @Override
    public void release(Connection connection) throws SQLException {
        connection.close();
    }

    private <T> T wrap(Class<T> type, T target, boolean writes) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (writes && method.getName().startsWith("execute")) {
                        pool.close();
                        throw new SQLException("the connection was lost", "08006");
                    }
                    return answer instanceof PreparedStatement statement
                            ? wrap(
                                    PreparedStatement.class,
                                    statement,
                                    arguments[0].toString().contains("apply_command"))
                            : answer;
                }));
    }
}
