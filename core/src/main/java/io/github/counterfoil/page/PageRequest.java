package io.github.counterfoil.page;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.json.JsonFields;
import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted. Pages are found by key, so that the thousandth costs what the first costs, and rows that
 * arrive meanwhile neither repeat nor hide another. A page also ends where its items come to 16 MiB, as PostgreSQL prints what is
 * in them; it holds one item at least.
 */
public final class PageRequest implements AsJson {
    private final int size;
    private final boolean newestFirst;
    private final Optional<String> cursor;

    private PageRequest(int size, boolean newestFirst, Optional<String> cursor) {
        this.size = size;
        this.newestFirst = newestFirst;
        this.cursor = cursor;
    }

    /**
     * The newest items first.
     *
     * @param size the most items of a page, 1 to 200
     */
    public static PageRequest newestFirst(int size) {
        return new PageRequest(size, true, Optional.empty());
    }

    /**
     * The oldest items first.
     *
     * @param size the most items of a page, 1 to 200
     */
    public static PageRequest oldestFirst(int size) {
        return new PageRequest(size, false, Optional.empty());
    }

    /**
     * The page that follows.
     *
     * @param cursor a {@link Page#next()} of the same list, asked by the same person in the same direction
     */
    public PageRequest after(String cursor) {
        return new PageRequest(size, newestFirst, Optional.of(Given.value("cursor", cursor)));
    }

    /**
     * Hands over what is on this page and on all that follow it, one after another, and holds no more than a page: a call for each
     * page. What {@code each} throws ends it and comes out as it is.
     *
     * @param read asks for a page, as {@code handle::history} does
     */
    public <T> void forEach(Function<PageRequest, Page<T>> read, Consumer<? super T> each) {
        Given.both("read", read, "each", each);
        Optional<PageRequest> request = Optional.of(this);
        while (request.isPresent()) {
            Page<T> page = Given.value("page", read.apply(request.get()));
            page.items().forEach(each);
            request = page.next().map(this::after);
        }
    }

    public int size() {
        return size;
    }

    public boolean newestFirst() {
        return newestFirst;
    }

    /** Where the page before ended; empty for the first page. */
    public Optional<String> cursor() {
        return cursor;
    }

    @Override
    public JsonValue json() {
        return JsonValue.parse(new JsonObject()
                .putAny("size", size)
                .putAny("newest_first", newestFirst)
                .putAny("cursor", cursor)
                .text());
    }

    /**
     * What {@link #json()} gave.
     *
     * @throws InvalidInput if it is anything else
     */
    public static PageRequest fromJson(JsonValue json) {
        JsonFields fields = JsonFields.of(json);
        return fields.done(new PageRequest(
                fields.number("size"),
                fields.bool("newest_first"),
                Optional.ofNullable(fields.optionalText("cursor"))));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageRequest that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(size, newestFirst, cursor);
    }

    @Override
    public String toString() {
        return "PageRequest[" + size + (newestFirst ? " newest" : " oldest") + " first"
                + (cursor.isPresent() ? ", after a cursor" : "") + "]";
    }
}
