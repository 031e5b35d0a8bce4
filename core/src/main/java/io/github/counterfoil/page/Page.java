package io.github.counterfoil.page;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items in the list's order; may be empty, and fewer than asked for also where more follow
 * @param next the cursor of the page after this one, for {@link PageRequest#after}; empty if this is the last
 * @param partial whether the search for a text was cut where too much has its words: tickets may fit, too, that are on none of the
 *     list's pages. It is the same on all of them, and true also of an empty one. Words that are rarer, the ticket's number or
 *     its customer narrow it. Never so of other lists
 */
public record Page<T>(List<T> items, Optional<String> next, boolean partial) implements AsJson {
    public Page {
        items = Given.list("items", items);
    }

    /** A page of a list that is never cut. */
    public Page(List<T> items, Optional<String> next) {
        this(items, next, false);
    }

    @Override
    public String toString() {
        return "Page[" + items.size() + " items" + (next.isPresent() ? ", more" : "") + (partial ? ", partial" : "")
                + "]";
    }
}
