package io.github.counterfoil.internal.people;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.database.Database;
import io.github.counterfoil.internal.page.Cursor;
import io.github.counterfoil.internal.page.Portion;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Pages of people in the order of their names, which an index has.
 *
 * @param list whose pages they are: what was asked for
 * @param prefix of the names; empty for all
 * @param nameKey of a person, as the index has it
 * @param size of a person, in bytes
 * @param reader who asks; null for the host itself
 */
record NamePages(
        String list,
        String prefix,
        Table<?> listed,
        Field<String> nameKey,
        Field<UUID> id,
        Field<Integer> size,
        @Nullable Access reader) {
    /** The last character that there is: what begins with a prefix comes before the prefix and it. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private static final Field<UUID> ID = DSL.field(DSL.name("id_on_page"), UUID.class);
    private static final Field<String> NAME_KEY = DSL.field(DSL.name("name_on_page"), String.class);

    void check(PageRequest page, Faults faults) {
        Cursor.check(page, this::scope, text -> position(text).isPresent(), faults);
    }

    private String scope(PageRequest page) {
        return list + " " + prefix + (reader == null ? "" : " " + reader.actor()) + page.newestFirst();
    }

    /** @param matches which of them, beside those whose name begins so */
    <T> Page<T> page(
            Database database,
            Condition matches,
            PageRequest request,
            List<Field<?>> beside,
            Function<Record, T> reading) {
        String scope = scope(request);
        Condition from = Cursor.decode(scope, request.cursor())
                .flatMap(NamePages::position)
                .map(last -> beyond(last, request))
                .orElseGet(() -> beginning(request));
        Table<?> keys = select(id.as(ID), nameKey.as(NAME_KEY))
                .from(listed)
                .where(matches.and(from))
                .orderBy(order(nameKey, id, request))
                .limit(inline(request.size() + 1))
                .asTable("key_on_page");
        Field<Integer> found = DSL.count().over().as("found");
        Table<?> page = select(ID, NAME_KEY, found)
                .select(Portion.columns(size, order(NAME_KEY, ID, request)))
                .from(keys)
                .join(readBy(listed, reader))
                .on(id.eq(ID))
                .where(begins())
                .asTable("page");
        List<Field<?>> columns = new ArrayList<>(List.of(listed.fields()));
        columns.addAll(beside);
        columns.add(page.field(found));
        columns.add(page.field(NAME_KEY));
        return database.read(dsl -> {
            List<? extends Record> rows = dsl.select(columns)
                    .from(page)
                    .join(listed)
                    .on(id.eq(page.field(ID)))
                    .where(Portion.holds(page, inline(request.size())))
                    .orderBy(Portion.place(page))
                    .fetch();
            if (rows.isEmpty()) {
                if (reader != null) {
                    reader.requireActor(dsl);
                }
                return new Page<>(List.of(), Optional.empty());
            }
            Record last = rows.get(rows.size() - 1);
            return new Page<>(
                    rows.stream().<T>map(reading::apply).toList(),
                    last.get(found) > rows.size()
                            ? Optional.of(Cursor.encode(scope, new Position(last.get(id), last.get(NAME_KEY)).text()))
                            : Optional.empty());
        });
    }

    /** Where the list begins. From there on its people follow each other, so that the index is read in its order, and no further. */
    private Condition beginning(PageRequest page) {
        if (prefix.isEmpty()) {
            return noCondition();
        }
        return page.newestFirst()
                ? nameKey.le(val(Folding.folded(prefix) + LAST_CHARACTER))
                : nameKey.ge(val(Folding.folded(prefix)));
    }

    private Condition begins() {
        return prefix.isEmpty()
                ? noCondition()
                : DSL.condition(
                        DSL.function("starts_with", SQLDataType.BOOLEAN, NAME_KEY, val(Folding.folded(prefix))));
    }

    /** People, where whoever asks may. */
    static Table<?> readBy(Table<?> listed, @Nullable Access reader) {
        return reader == null ? listed : listed.join(reader.people()).on(reader.acts());
    }

    private Condition beyond(Position last, PageRequest page) {
        return page.newestFirst()
                ? row(nameKey, id).lt(val(last.nameKey()), val(last.id()))
                : row(nameKey, id).gt(val(last.nameKey()), val(last.id()));
    }

    private static List<SortField<?>> order(Field<String> nameKey, Field<UUID> id, PageRequest page) {
        return page.newestFirst() ? List.of(nameKey.desc(), id.desc()) : List.of(nameKey.asc(), id.asc());
    }

    /** Where a page ended. */
    private record Position(UUID id, String nameKey) {
        String text() {
            return id + " " + nameKey;
        }
    }

    /** Empty for what no person's position is written as. */
    private static Optional<Position> position(String text) {
        int blank = text.indexOf(' ');
        try {
            Position position =
                    new Position(UUID.fromString(text.substring(0, Math.max(blank, 0))), text.substring(blank + 1));
            return Optional.of(position)
                    .filter(read -> read.text().equals(text) && TextRules.storable(read.nameKey()) == null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
