package io.github.counterfoil.leaks;

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

/** Random tokens, each with what it stands for and who may see it. */
final class Canaries {
    private static final Pattern TOKEN = Pattern.compile("canary[a-z]{16}", Pattern.CASE_INSENSITIVE);

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

    /** A token that some customers may see; who, is asked when it is found. */
    String plant(String what, Predicate<UUID> audience) {
        StringBuilder token = new StringBuilder("canary");
        for (int i = 0; i < 16; i++) {
            token.append((char) ('a' + random.nextInt(26)));
        }
        planted.put(token.toString(), new Canary(what, audience));
        return token.toString();
    }

    int count() {
        return planted.size();
    }

    String whatIs(String token) {
        return Objects.requireNonNull(planted.get(token)).secret();
    }

    /** The tokens in a text that the customer may not see. */
    Set<String> forbidden(UUID customerId, CharSequence text) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            String token = matcher.group().toLowerCase(Locale.ROOT);
            Canary canary = planted.get(token);
            if (canary != null && !canary.audience().test(customerId)) {
                found.add(token);
            }
        }
        return found;
    }
}
