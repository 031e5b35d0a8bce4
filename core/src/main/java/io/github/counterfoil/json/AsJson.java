package io.github.counterfoil.json;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.jackson.ByJackson;
import io.github.counterfoil.internal.json.text.TextSink;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A value that can be had as JSON, with the names of the documents: {@code created_at}, {@code pending}. Jackson 2 and Jackson 3 write the
 * same, with any mapper, however it is set and without a module: moments as {@code 2026-01-02T03:04:05+00:00} and durations as
 * {@code PT2H30M}, ids as strings, constants in lower case. What is empty is {@code null}, and is there. Holders of values of the host's own,
 * such as a page of them, leave these to Jackson.
 *
 * <p>A type that hosts hand over has a method {@code fromJson}, and Jackson reads it by that: what was written comes back equal. What it
 * throws is an {@link InvalidInput}, which in Jackson's exceptions is the cause, and holds no value. What it does not know is refused
 * ({@code value.unknown_member}), so that nothing is half understood. Types without that method are written and not read. It is for
 * Counterfoil's values; a host's own need it for nothing.
 */
@ByJackson
public interface AsJson {

    /**
     * This as JSON.
     *
     * @throws InvalidInput if it would be nested more than 1,000 deep ({@code too_deep}), or has a member twice ({@code duplicate_key}), as
     *     only what the host itself put together can be
     * @throws IllegalStateException of what holds values that are not Counterfoil's
     */
    default JsonValue json() {
        StringBuilder text = new StringBuilder();
        try {
            Values.writeWhole(this, new TextSink(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JsonValue.parse(text.toString());
    }
}
