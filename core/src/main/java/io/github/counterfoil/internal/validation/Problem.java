package io.github.counterfoil.internal.validation;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one value, without the value.
 *
 * @param limit the limit that was passed; null where there is none
 */
public record Problem(String code, @Nullable Long limit) {

    public static Problem of(String code) {
        return new Problem(code, null);
    }

    public static Problem of(String code, long limit) {
        return new Problem(code, limit);
    }
}
