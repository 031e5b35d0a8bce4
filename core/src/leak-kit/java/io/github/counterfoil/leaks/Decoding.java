package io.github.counterfoil.leaks;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Gives texts and bytes on as texts: as they are, and all that may be encoded in them, one encoding inside another. */
final class Decoding {
    private static final int MOST_LAYERS = 10;
    private static final int READABLE = 8;

    private final Budget budget;
    private final Consumer<String> found;
    private final Set<String> texts = new HashSet<>();
    private final Set<String> runs = new HashSet<>();

    Decoding(Budget budget, Consumer<String> found) {
        this.budget = budget;
        this.found = found;
    }

    void text(String text) {
        text(text, 0);
    }

    void bytes(byte[] bytes) {
        text(new String(bytes, StandardCharsets.UTF_8), 0);
        Compressed.each(bytes, budget, inflated -> bytes(inflated, 1));
    }

    /** The same one comes again and again, as a member and within the whole. */
    private void text(String text, int layer) {
        found.accept(text);
        if (!texts.add(text)) {
            return;
        }
        if (layer == MOST_LAYERS) {
            budget.exceed();
            return;
        }
        further(Escapes.undone(text), text, layer);
        // What is left of UTF-16 and UTF-32, in either order and read at either byte.
        further(text.replace("\0", ""), text, layer);
        for (Digits digits : Digits.values()) {
            digits.runs(text, run -> decode(digits, run, layer + 1));
        }
    }

    private void further(String plain, String text, int layer) {
        if (!plain.equals(text) && budget.take(plain.length())) {
            text(plain, layer + 1);
        }
    }

    private void decode(Digits digits, String run, int layer) {
        if (runs.add(digits.name() + run) && budget.take(run.length())) {
            digits.bytes(run, bytes -> bytes(bytes, layer));
        }
    }

    private void bytes(byte[] bytes, int layer) {
        Compressed.each(bytes, budget, inflated -> {
            if (layer < MOST_LAYERS) {
                bytes(inflated, layer + 1);
            } else {
                budget.exceed();
            }
        });
        if (isReadable(bytes)) {
            text(new String(bytes, StandardCharsets.UTF_8), layer);
        }
    }

    /** Most runs of digits are none, and what is made of them is no text. */
    private static boolean isReadable(byte[] bytes) {
        int run = 0;
        for (byte b : bytes) {
            boolean printable = b >= ' ' || b == '\n' || b == '\r' || b == '\t';
            run = printable ? run + 1 : b == 0 ? run : 0;
            if (run == READABLE) {
                return true;
            }
        }
        return false;
    }
}
