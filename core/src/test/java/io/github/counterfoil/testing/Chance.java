package io.github.counterfoil.testing;

import java.security.SecureRandom;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Where tests take their chances from: one seed for the whole run, the same in every build. With
 * {@code -Dcounterfoil.random=true} it is a fresh one, with {@code -Dcounterfoil.seed} the one given. A class that is
 * extended with this names the seed in its failures.
 */
public final class Chance implements TestExecutionExceptionHandler {
    static final long EVERY_BUILD = 1;
    private static final long SEED =
            seed(System.getProperty("counterfoil.seed"), System.getProperty("counterfoil.random"));

    /** The seed of the run. */
    public static long seed() {
        return SEED;
    }

    /** A generator at its start. */
    public static Random random() {
        return new Random(SEED);
    }

    static long seed(@Nullable String given, @Nullable String fresh) {
        if (given != null) {
            return Long.parseLong(given);
        }
        return Boolean.parseBoolean(fresh) ? new SecureRandom().nextInt(Integer.MAX_VALUE) : EVERY_BUILD;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new Played());
        throw failure;
    }

    /** How to play it again. */
    private static final class Played extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Played() {
            super("played with -Dcounterfoil.seed=" + SEED, null, false, false);
        }
    }
}
