package io.github.counterfoil.leaks;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be read out of a value: its own text and all that its fields, what it holds, and the methods without
 * parameters of Counterfoil's own values give, as deep as it goes; of an exception also message, causes and stack trace; and
 * the texts behind what may be encoded or compressed. Streams, suppliers and futures are used up by it.
 */
public final class Traces {

    private Traces() {}

    /** All of it as one text; deterministic where the value is. */
    public static String of(@Nullable Object value) {
        StringBuilder all = new StringBuilder();
        each(value, text -> all.append(text).append('\n'));
        return all.toString();
    }

    /** Each text; answers whether these were all, and nothing was beyond the bounds. */
    static boolean each(@Nullable Object value, Consumer<String> found) {
        Budget budget = new Budget();
        new Walk(budget, new Decoding(budget, found)).through(value);
        return budget.kept();
    }
}
