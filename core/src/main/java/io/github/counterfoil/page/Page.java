package io.github.counterfoil.page;

import io.github.counterfoil.internal.given.Given;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items in the list's order; may be empty, and fewer than asked for also where more follow
 * @param next the cursor of the page after this one, for {@link PageRequest#after}; empty if this is the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = Given.list("items", items);
    }

    @Override
    public String toString() {
        return "Page[" + items.size() + " items" + (next.isPresent() ? ", more" : "") + "]";
    }
}
