package io.github.counterfoil.input;

import io.github.counterfoil.spi.ConnectionSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;

/** Tells if anything gets as far as asking for a connection. */
final class Unconnected implements ConnectionSource {

    /** A connection was asked for. */
    static final class Reached extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Connection open() {
        throw new Reached();
    }

    @Override
    public void release(Connection connection) {
        throw new AssertionError("nothing was opened");
    }

    /** One of a host's, on which nothing works. */
    Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                Unconnected.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    throw new Reached();
                });
    }
}
