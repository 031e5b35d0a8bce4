package io.github.counterfoil.internal.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Configuration;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultVisitListenerProvider;

/**
 * The text of a statement that jOOQ built once, and the name of the parameter at each of its places. A parameter without a
 * name would keep the value of who came first: it is refused.
 */
public final class SqlText {
    private final String text;
    private final List<String> parameters;

    private SqlText(String text, List<String> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    static SqlText of(Configuration configuration, Query query) {
        List<String> parameters = new ArrayList<>();
        VisitListener places = VisitListener.onVisitStart(context -> place(context, parameters));
        String text = DSL.using(configuration.derive(new DefaultVisitListenerProvider(places)))
                .render(query);
        return new SqlText(text, List.copyOf(parameters));
    }

    private static void place(VisitContext context, List<String> parameters) {
        if (context.renderContext() != null
                && context.queryPart() instanceof Param<?> parameter
                && !parameter.isInline()) {
            if (parameter.getName() == null || parameter.getParamName() == null) {
                throw new IllegalStateException("a parameter has no name");
            }
            parameters.add(parameter.getParamName());
        }
    }

    String text() {
        return text;
    }

    void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Object value = values.get(parameters.get(i));
            if (value == null) {
                throw new IllegalStateException("no value for the parameter " + parameters.get(i));
            }
            statement.setObject(i + 1, value);
        }
    }
}
