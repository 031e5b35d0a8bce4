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
import org.jspecify.annotations.Nullable;

/**
 * The text of a statement that jOOQ built once, and the name of the parameter at each of its places. A parameter without a
 * name would keep the value of who came first: it is refused.
 */
public final class SqlText {
    private final String text;
    private final List<Place> places;

    /** @param type of java.sql.Types, for a null */
    private record Place(String name, int type) {}

    private SqlText(String text, List<Place> places) {
        this.text = text;
        this.places = places;
    }

    static SqlText of(Configuration configuration, Query query) {
        List<Place> places = new ArrayList<>();
        VisitListener listener = VisitListener.onVisitStart(context -> place(context, places));
        String text = DSL.using(configuration.derive(new DefaultVisitListenerProvider(listener)))
                .render(query);
        return new SqlText(text, List.copyOf(places));
    }

    private static void place(VisitContext context, List<Place> places) {
        if (context.renderContext() != null
                && context.queryPart() instanceof Param<?> parameter
                && !parameter.isInline()) {
            if (parameter.getName() == null || parameter.getParamName() == null) {
                throw new IllegalStateException("a parameter has no name");
            }
            places.add(
                    new Place(parameter.getParamName(), parameter.getDataType().getSQLType()));
        }
    }

    String text() {
        return text;
    }

    void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
        for (int i = 0; i < places.size(); i++) {
            Object value = values.get(places.get(i).name());
            if (value == null) {
                throw new IllegalStateException(
                        "no value for the parameter " + places.get(i).name());
            }
            statement.setObject(i + 1, value);
        }
    }

    /** The same with a value for each place, in their order. */
    void bind(PreparedStatement statement, List<@Nullable Object> values) throws SQLException {
        if (values.size() != places.size()) {
            throw new IllegalStateException(places.size() + " parameters, " + values.size() + " values");
        }
        for (int i = 0; i < places.size(); i++) {
            Object value = values.get(i);
            if (value == null) {
                // With its type: the driver prepares a statement anew when a parameter's type changes.
                statement.setNull(i + 1, places.get(i).type());
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
