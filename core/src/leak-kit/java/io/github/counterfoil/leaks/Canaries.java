package io.github.counterfoil.leaks;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Random tokens and ids, each with what it stands for and who may see it. */
final class Canaries {
    private static final String MARK = "canary";

    /** Without i, which is another letter in upper case in Turkish. */
    private static final String LETTERS = "abcdefghjklmnopqrstuvwxyz";

    private static final int LENGTH = 6;
    private static final Pattern TOKEN =
            Pattern.compile(MARK + "[" + LETTERS + "]{" + LENGTH + "}", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile(
            "[0-9a-f]{8}(-?)[0-9a-f]{4}\\1[0-9a-f]{4}\\1[0-9a-f]{4}\\1[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private final Random random;
    private final Map<String, Canary> planted = new HashMap<>();

    Canaries(Random random) {
        this.random = random;
    }

    private record Canary(String secret, Predicate<UUID> audience) {}

    /** A token that no customer may ever see. */
    String secret(String what) {
        return plant(what, customerId -> false);
    }

    /** A token that some customers may see; who, is asked when it is found. Short, since texts are shown cut. */
    String plant(String what, Predicate<UUID> audience) {
        String token;
        do {
            StringBuilder letters = new StringBuilder(MARK);
            for (int i = 0; i < LENGTH; i++) {
                letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            token = letters.toString();
        } while (planted.containsKey(token));
        planted.put(token, new Canary(what, audience));
        return token;
    }

    /** A text of which any 30 characters hold the whole token, wherever it is cut. */
    static String text(String token) {
        return String.join(" again ", Collections.nCopies(4, token));
    }

    /** An id that is a canary too. */
    void plant(UUID id, String what, Predicate<UUID> audience) {
        planted.put(id.toString(), new Canary(what, audience));
    }

    int count() {
        return planted.size();
    }

    String whatIs(String canary) {
        return Objects.requireNonNull(planted.get(canary)).secret();
    }

    /** The tokens in a text that the customer may not see. */
    Set<String> forbiddenTokens(UUID customerId, CharSequence text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = TOKEN.matcher(text);
        for (int from = 0; matcher.find(from); from = matcher.start() + 1) {
            addForbidden(customerId, matcher.group().toLowerCase(Locale.ROOT), found);
        }
        return found;
    }

    /** The ids in a text that the customer may not see, with dashes or without. */
    Set<String> forbiddenIds(UUID customerId, CharSequence text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = ID.matcher(text);
        for (int from = 0; matcher.find(from); from = matcher.start() + 1) {
            String digits = matcher.group().replace("-", "").toLowerCase(Locale.ROOT);
            addForbidden(
                    customerId,
                    new UUID(
                                    Long.parseUnsignedLong(digits.substring(0, 16), 16),
                                    Long.parseUnsignedLong(digits.substring(16), 16))
                            .toString(),
                    found);
        }
        return found;
    }

    private void addForbidden(UUID customerId, String found, Set<String> forbidden) {
        Canary canary = planted.get(found);
        if (canary != null && !canary.audience().test(customerId)) {
            forbidden.add(found);
        }
    }
}
