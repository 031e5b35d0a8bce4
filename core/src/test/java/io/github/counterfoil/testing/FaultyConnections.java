package io.github.counterfoil.testing;

import io.github.counterfoil.spi.ConnectionSource;
import io.github.counterfoil.spi.ConnectionSource.TransactionOwner;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that remember what was called on them, and fail where a test says so. */
public final class FaultyConnections implements ConnectionSource {
    private final DataSource dataSource;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private volatile @Nullable TransactionOwner owner;
    private volatile @Nullable Fault fault;

    private record Fault(String method, boolean afterwards, Supplier<? extends Throwable> thrown, AtomicInteger left) {}

    public FaultyConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What the source answers about connections with autocommit off; null to say nothing. */
    public FaultyConnections owner(@Nullable TransactionOwner answer) {
        owner = answer;
        return this;
    }

    /** The next calls of a method of the source, a connection or a statement fail before they reach the driver. */
    public FaultyConnections fail(String method, int times, Supplier<? extends Throwable> thrown) {
        fault = new Fault(method, false, thrown, new AtomicInteger(times));
        return this;
    }

    /** The next calls of a method fail after the driver has done what it was told. */
    public FaultyConnections failAfter(String method, int times, Supplier<? extends Throwable> thrown) {
        fault = new Fault(method, true, thrown, new AtomicInteger(times));
        return this;
    }

    /** Which methods were called on connections and statements since this was asked last. */
    public List<String> drainCalls() {
        List<String> drained = List.copyOf(calls);
        calls.clear();
        return drained;
    }

    /** How many connections were opened and not released. */
    public int held() {
        return held.get();
    }

    @Override
    public Connection open() throws SQLException {
        return sneaky(() -> {
            failIf("open", false);
            Connection connection = dataSource.getConnection();
            held.incrementAndGet();
            return wrap(Connection.class, connection);
        });
    }

    @Override
    public void release(Connection connection) throws SQLException {
        sneaky(() -> {
            held.decrementAndGet();
            connection.close();
            failIf("release", false);
            return connection;
        });
    }

    @Override
    public Optional<TransactionOwner> transactionOwner(Connection connection) throws SQLException {
        return sneaky(() -> {
            failIf("transactionOwner", false);
            return Optional.ofNullable(owner);
        });
    }

    private <T> T wrap(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String place = type == Connection.class ? "" : "statement.";
                    calls.add(place + text(method, arguments));
                    failIf(place + method.getName(), false);
                    Object answer;
                    try {
                        answer = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    failIf(place + method.getName(), true);
                    return answer instanceof Statement statement
                            ? wrap(statementType(method.getReturnType()), statement)
                            : answer;
                }));
    }

    @SuppressWarnings("unchecked") // the driver's answer is of the type that its method returns
    private static Class<Statement> statementType(Class<?> declared) {
        return (Class<Statement>) declared;
    }

    private static String text(Method method, Object @Nullable [] arguments) {
        return method.getName()
                + (arguments != null && method.getName().startsWith("set")
                        ? Arrays.asList(arguments).toString()
                        : "");
    }

    /** All methods that execute a statement are one. A statement's may be named with {@code statement.} or without. */
    private void failIf(String place, boolean afterwards) throws Throwable {
        String name = place.substring(place.indexOf('.') + 1);
        String method = name.startsWith("execute") ? "execute" : name;
        Fault now = fault;
        if (now != null
                && (now.method().equals(method) || now.method().equals(place))
                && now.afterwards() == afterwards
                && now.left().getAndUpdate(n -> Math.max(n - 1, 0)) > 0) {
            throw now.thrown().get();
        }
    }

    private interface Call<T> {
        T call() throws Throwable;
    }

    private static <T> T sneaky(Call<T> call) throws SQLException {
        try {
            return call.call();
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
