package io.github.counterfoil.benchmark.volume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A data source whose statements come with the plans by which PostgreSQL did them: auto_explain tells them as notices, those of
 * functions' inner statements too. So it is the very text that is explained, with its own parameters and the plan that it got.
 * It takes a superuser. For one thread.
 */
final class ExplainedStatements {
    private static final String SETTINGS =
            "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0"
                    + " -c auto_explain.log_analyze=on -c auto_explain.log_buffers=on -c auto_explain.log_timing=off"
                    + " -c auto_explain.log_verbose=on -c auto_explain.log_format=json"
                    + " -c auto_explain.log_nested_statements=on -c auto_explain.log_level=notice"
                    + " -c client_min_messages=notice -c statement_timeout=120s -c plan_cache_mode=";
    private static final Pattern TOLD = Pattern.compile("duration: ([0-9.]+) ms  plan:\\n(.*)", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Explained> statements = new ArrayList<>();
    private final DataSource dataSource;

    /** @param planCacheMode {@code force_custom_plan} or {@code force_generic_plan} */
    ExplainedStatements(PGSimpleDataSource plain, String planCacheMode) {
        plain.setOptions(SETTINGS + planCacheMode);
        dataSource = watched(DataSource.class, plain);
    }

    /**
     * A statement that was sent.
     *
     * @param plans of all that it did, its own last
     */
    record Explained(List<Plan> plans) {
        /** Of the statement itself; what it cost includes the others. */
        Plan own() {
            return plans.get(plans.size() - 1);
        }
    }

    /** A plan's uppermost node. */
    record Plan(double milliseconds, JsonNode node) {}

    DataSource dataSource() {
        return dataSource;
    }

    /** Those since the last call. */
    List<Explained> take() {
        List<Explained> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }

    private <T> T watched(Class<T> type, T whole) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object answer;
            try {
                answer = method.invoke(whole, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            if (whole instanceof Statement statement && method.getName().startsWith("execute")) {
                keep(statement);
            }
            Class<?> returned = method.getReturnType();
            boolean watch = returned == Connection.class && type == DataSource.class
                    || Statement.class.isAssignableFrom(returned);
            return watch ? watchedAs(returned, answer) : answer;
        };
        return type.cast(Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
    }

    private <T> T watchedAs(Class<T> type, Object whole) {
        return watched(type, type.cast(whole));
    }

    private void keep(Statement statement) throws SQLException {
        List<Plan> plans = new ArrayList<>();
        for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
            Matcher told = TOLD.matcher(notice.getMessage());
            if (told.matches()) {
                plans.add(new Plan(Double.parseDouble(told.group(1)), node(told.group(2))));
            }
        }
        statement.clearWarnings();
        if (!plans.isEmpty()) {
            statements.add(new Explained(plans));
        }
    }

    private static JsonNode node(String json) {
        try {
            return JSON.readTree(json).path("Plan");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("auto_explain told no JSON", e);
        }
    }
}
