package io.github.counterfoil.internal.page;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.page.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Where a page ended, bound to its list: the scope names who reads, what, and in which direction. The binding catches
 * mistakes; rights do not rest on it, since each query checks them anew.
 */
public final class Cursor {
    public static final int MAX_PAGE_SIZE = 200;
    private static final int SCOPE_LENGTH = 36;
    /** Of one that ends in a name as it is sorted. */
    private static final int MAX_LENGTH = 1_200;

    private Cursor() {}

    /**
     * Checks what was asked for as a whole, before any SQL: whoever knows how cursors are made can make one.
     *
     * @param isPosition whether a text is a position of this list, and the only one that says the same
     * @param faults of the list's other parameters: if there are any, the cursor is not looked at
     */
    public static void check(
            PageRequest page, Function<PageRequest, String> scope, Predicate<String> isPosition, Faults faults) {
        boolean scoped = faults.isEmpty();
        faults.value("page", page);
        faults.add("page_size", Problem.range(page.size(), 1, MAX_PAGE_SIZE));
        if (scoped
                && !page.cursor()
                        .map(cursor -> isCursor(scope.apply(page), cursor, isPosition))
                        .orElse(true)) {
            faults.add("cursor", Problem.of("invalid"));
        }
        faults.throwIfAny();
    }

    private static boolean isCursor(String scope, String cursor, Predicate<String> isPosition) {
        try {
            return cursor.length() <= MAX_LENGTH
                    && decode(scope, Optional.of(cursor)).filter(isPosition).isPresent();
        } catch (InvalidInput e) {
            return false;
        }
    }

    public static String encode(String scope, String position) {
        String text = mark(scope, position) + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidInput if the cursor was not made for this scope */
    public static Optional<String> decode(String scope, Optional<String> cursor) {
        return cursor.map(text -> {
            String decoded = decoded(text);
            String position = decoded.length() <= SCOPE_LENGTH ? "" : decoded.substring(SCOPE_LENGTH);
            if (!decoded.equals(mark(scope, position) + position)) {
                throw invalid();
            }
            return position;
        });
    }

    private static UUID mark(String scope, String position) {
        return Digest.uuid("cursor", scope, position);
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static InvalidInput invalid() {
        return new InvalidInput("cursor", "invalid", null);
    }
}
