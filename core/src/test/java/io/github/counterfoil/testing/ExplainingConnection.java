package io.github.counterfoil.testing;

import io.github.counterfoil.json.JsonValue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** A connection whose prepared queries are explained, with their values, before they run. */
public final class ExplainingConnection {
    private final Connection connection;
    private final List<Plan> plans = new ArrayList<>();

    /** @param text as PostgreSQL gives it, in JSON */
    public record Plan(String text) {

        /** What each part of it did, one a line. */
        public String summary() {
            StringBuilder lines = new StringBuilder();
            describe(root(), "", lines);
            return lines.toString();
        }

        private static void describe(JsonValue node, String indent, StringBuilder lines) {
            lines.append('\n')
                    .append(indent)
                    .append(node.members().get("Node Type").string());
            for (String member :
                    List.of("Relation Name", "Index Name", "Actual Rows", "Actual Loops", "Rows Removed by Filter")) {
                JsonValue value = node.members().get(member);
                if (value != null) {
                    lines.append(", ").append(member).append(' ').append(value.text());
                }
            }
            children(node).forEach(child -> describe(child, indent + "  ", lines));
        }

        private static List<JsonValue> children(JsonValue node) {
            JsonValue children = node.members().get("Plans");
            return children == null ? List.of() : children.elements();
        }

        /** Blocks of shared memory and of files that the query touched. */
        public long buffers() {
            JsonValue root = root();
            return number(root, "Shared Hit Blocks") + number(root, "Shared Read Blocks");
        }

        /** The most rows that any one part of the plan gave back or threw away, over all its loops. */
        public long mostRows() {
            return mostRows(root());
        }

        private JsonValue root() {
            return JsonValue.parse(text).elements().get(0).members().get("Plan");
        }

        private static long mostRows(JsonValue node) {
            long loops = Math.max(1, number(node, "Actual Loops"));
            long most = loops
                    * (number(node, "Actual Rows")
                            + number(node, "Rows Removed by Filter")
                            + number(node, "Rows Removed by Join Filter")
                            + number(node, "Rows Removed by Index Recheck"));
            for (JsonValue child : children(node)) {
                most = Math.max(most, mostRows(child));
            }
            return most;
        }

        private static long number(JsonValue node, String member) {
            JsonValue number = node.members().get(member);
            return number == null ? 0 : (long) Math.ceil(Double.parseDouble(number.text()));
        }
    }

    private record Given(Method setter, Object[] values) {}

    public ExplainingConnection(Connection connection) {
        this.connection = connection;
    }

    /** What was explained so far; may be cleared. */
    public List<Plan> plans() {
        return plans;
    }

    public Connection connection() {
        return (Connection) proxy(Connection.class, (proxy, method, args) -> {
            Object result = invoke(connection, method, args);
            return method.getName().equals("prepareStatement")
                            && (((String) args[0]).startsWith("select") || ((String) args[0]).startsWith("with"))
                    ? statement((PreparedStatement) result, (String) args[0])
                    : result;
        });
    }

    private Object statement(PreparedStatement statement, String sql) {
        List<Given> given = new ArrayList<>();
        return proxy(PreparedStatement.class, (proxy, method, args) -> {
            if (method.getName().startsWith("set") && args.length > 1) {
                given.add(new Given(method, args));
            } else if (method.getName().startsWith("execute")) {
                explain(sql, given);
            }
            return invoke(statement, method, args);
        });
    }

    private void explain(String sql, List<Given> given) throws Throwable {
        try (PreparedStatement statement =
                connection.prepareStatement("explain (analyze, buffers, format json) " + sql)) {
            for (Given one : given) {
                invoke(statement, one.setter(), one.values());
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                plans.add(new Plan(rows.getString(1)));
            }
        }
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
