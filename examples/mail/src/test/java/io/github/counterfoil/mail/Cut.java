package io.github.counterfoil.mail;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Connections on which everything ends at one call, set anew for each try. */
final class Cut {
    private static final Set<String> CALLS =
            Set.of("execute", "executeQuery", "executeUpdate", "commit", "rollback", "executeBatch");

    private final DataSource dataSource;
    private volatile Way way = Way.KILLED;
    private volatile int at = Integer.MAX_VALUE;
    private final AtomicInteger calls = new AtomicInteger();

    Cut(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void set(Way how, int call) {
        way = how;
        at = call;
        calls.set(0);
    }

    /** How it ends. That a process dies after a call is that it dies before the next. */
    enum Way {
        /** The process dies. */
        KILLED(1),
        /** The call is done, and its answer is lost with the connection; the process goes on. */
        ANSWER_LOST(1),
        /** The server ends the session before the call, and the process goes on. */
        SESSION_ENDED(4);

        /** From call to call. */
        private final int step;

        Way(int step) {
            this.step = step;
        }

        int step() {
            return Boolean.getBoolean("counterfoil.mail.each") ? 1 : step;
        }
    }

    /** What no program catches who means to go on. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    boolean happened() {
        return calls.get() >= at;
    }

    /** A call to somebody else: before and after it somebody may die as well. */
    void call() {
        if (calls.incrementAndGet() >= at && way == Way.KILLED) {
            throw new Killed();
        }
    }

    private void dead() {
        if (calls.get() > at && way == Way.KILLED) {
            throw new Killed();
        }
    }

    DataSource dataSource() {
        return proxy(DataSource.class, dataSource);
    }

    private <T> T proxy(Class<T> type, Object target) {
        InvocationHandler handler = (proxy, method, arguments) -> called(target, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object called(Object target, Method method, Object[] arguments) throws Throwable {
        boolean counts = CALLS.contains(method.getName());
        boolean now = counts && calls.incrementAndGet() == at;
        if (counts && !now) {
            dead();
        }
        if (now && way == Way.KILLED) {
            connection(target).abort(Runnable::run); // as the system does for it: what was not committed is gone
            throw new Killed();
        }
        if (now && way == Way.SESSION_ENDED) {
            MailDatabase.endSession(
                    connection(target).unwrap(PGConnection.class).getBackendPID());
        }
        Object answer;
        try {
            answer = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (now && way == Way.ANSWER_LOST) {
            connection(target).abort(Runnable::run);
            throw new SQLException("the connection was lost", "08006");
        }
        return wrapped(answer);
    }

    private static Connection connection(Object target) throws SQLException {
        return target instanceof Statement statement ? statement.getConnection() : (Connection) target;
    }

    private Object wrapped(Object answer) {
        if (answer instanceof Connection) {
            return proxy(Connection.class, answer);
        }
        if (answer instanceof CallableStatement) {
            return answer;
        }
        if (answer instanceof PreparedStatement) {
            return proxy(PreparedStatement.class, answer);
        }
        return answer instanceof Statement ? proxy(Statement.class, answer) : answer;
    }
}
