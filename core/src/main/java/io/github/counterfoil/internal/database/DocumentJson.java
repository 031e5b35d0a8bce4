package io.github.counterfoil.internal.database;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbArray;
import static org.jooq.impl.DSL.jsonbGetElementAsText;
import static org.jooq.impl.DSL.jsonbObject;
import static org.jooq.impl.DSL.key;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.JSONEntry;
import org.jooq.impl.SQLDataType;

/** JSON as documents show it: the same in every session, with moments in UTC. */
public final class DocumentJson {

    private DocumentJson() {}

    /** An object with the columns as members. */
    public static Field<JSONB> object(Field<?>... columns) {
        return jsonbObject(Stream.of(columns).map(DocumentJson::member).toArray(JSONEntry<?>[]::new));
    }

    private static JSONEntry<?> member(Field<?> column) {
        return column.getType() == Instant.class
                ? key(column.getName()).value(moment(column))
                : key(column.getName()).value(column);
    }

    /** As PostgreSQL itself writes it in JSON where the session's time zone is UTC. */
    public static Field<String> moment(Field<?> column) {
        Field<LocalDateTime> utc = function("timezone", SQLDataType.LOCALDATETIME, inline("UTC"), column);
        return jsonbGetElementAsText(jsonbArray(utc), 0).concat(inline("+00:00"));
    }
}
