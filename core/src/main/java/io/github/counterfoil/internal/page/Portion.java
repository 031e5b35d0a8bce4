package io.github.counterfoil.internal.page;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.sum;

import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * How much of a list one answer holds: the first items that together are no larger than {@link #MAX_BYTES}, at least one.
 * A list is a table that has {@link #columns} beside its own.
 */
public final class Portion {
    /** As PostgreSQL prints what is in them: what a host of little memory can read at once. */
    public static final long MAX_BYTES = 16L * 1024 * 1024;

    private static final Field<Integer> PLACE = DSL.field(name("place"), Integer.class);
    private static final Field<Long> HELD = DSL.field(name("held"), Long.class);
    private static final Field<Long> SIZE = DSL.field(name("held_alone"), Long.class);

    private Portion() {}

    /**
     * What a list tells of its items.
     *
     * @param size of an item, in bytes
     * @param order of the list, which no two items share
     */
    public static List<Field<?>> columns(Field<? extends Number> size, List<? extends OrderField<?>> order) {
        return List.of(
                rowNumber().over(DSL.orderBy(order)).as(PLACE),
                sum(size)
                        .over(DSL.orderBy(order).rowsUnboundedPreceding())
                        .cast(SQLDataType.BIGINT)
                        .as(HELD),
                size.cast(SQLDataType.BIGINT).as(SIZE));
    }

    /** Whether an item of the list is in the answer, of at most so many items. */
    public static Condition holds(Table<?> list, Field<Integer> items) {
        return place(list).le(items).and(place(list).eq(inline(1)).or(held(list).le(inline(MAX_BYTES))));
    }

    /** Whether an item of the list is in the answer, or is the first that is not: the one that tells that there is more. */
    public static Condition reaches(Table<?> list) {
        return place(list).le(inline(2)).or(held(list).minus(list.field(SIZE)).le(inline(MAX_BYTES)));
    }

    /** The place of an item in the list, from 1. */
    public static Field<Integer> place(Table<?> list) {
        return list.field(PLACE);
    }

    private static Field<Long> held(Table<?> list) {
        return list.field(HELD);
    }
}
