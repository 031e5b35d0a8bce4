package io.github.counterfoil.internal.database;

import static org.jooq.impl.DSL.inline;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Columns as a {@link Row} reads them: a time is sent as microseconds since 1970, which cost nothing to read and are the same
 * in every time zone of a session.
 */
public final class Sent {

    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    private Sent() {}

    public static List<Field<?>> all(Collection<? extends Field<?>> fields) {
        return fields.stream().<Field<?>>map(Sent::one).toList();
    }

    private static Field<?> one(Field<?> field) {
        return field.getType() == Instant.class ? micros(field) : field;
    }

    /** A time as it is sent. */
    public static Field<Long> micros(Field<?> time) {
        return seconds(time).mul(inline(MICROS)).cast(SQLDataType.BIGINT);
    }

    /** What {@code extract} is in SQL, whose own jOOQ makes an int of. */
    private static Field<BigDecimal> seconds(Field<?> time) {
        return DSL.function(DSL.name("pg_catalog", "extract"), SQLDataType.NUMERIC, inline("epoch"), time);
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
