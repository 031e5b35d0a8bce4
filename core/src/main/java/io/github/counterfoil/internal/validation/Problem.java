package io.github.counterfoil.internal.validation;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one value, without the value.
 *
 * @param limit the limit that was passed, of a range that end of the two; null where there is none
 */
public record Problem(String code, @Nullable Long limit) {

    public static Problem of(String code) {
        return new Problem(code, null);
    }

    public static Problem of(String code, long limit) {
        return new Problem(code, limit);
    }

    /** Of a number that must lie in a range: the end that was passed is the limit. Null if it lies there. */
    public static @Nullable Problem range(long value, long least, long most) {
        return value < least ? of("out_of_range", least) : value > most ? of("out_of_range", most) : null;
    }
}
