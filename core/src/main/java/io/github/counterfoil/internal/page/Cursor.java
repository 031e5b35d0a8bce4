package io.github.counterfoil.internal.page;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.page.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a page ended, bound to its list: the scope names who reads, what, and in which direction. The binding catches
 * mistakes; rights do not rest on it, since each query checks them anew.
 */
public final class Cursor {
    private static final int MAX_PAGE_SIZE = 200;
    private static final int SCOPE_LENGTH = 36;

    private Cursor() {}

    public static void checkSize(PageRequest page) {
        if (page.size() < 1 || page.size() > MAX_PAGE_SIZE) {
            throw new InvalidInput("page_size", "out_of_range", (long) MAX_PAGE_SIZE);
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
