package io.github.counterfoil.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param expected the expected result; null for none
 * @param url a database to use; null for an embedded one
 * @param keep whether what was written stays
 */
record Arguments(
        Path log,
        Mode mode,
        @Nullable Path expected,
        @Nullable String url,
        int threads,
        boolean keep) {
    static final String USAGE = "usage: replay OPS.jsonl[.gz] [--mode import|live] [--expect EXPECTED.json]"
            + " [--url JDBC_URL] [--threads N] [--keep]";
    private static final int MAX_THREADS = 64;

    /** How operations become tickets. */
    enum Mode {
        /** Through {@code imports()}: whole tickets with their own times. */
        IMPORT,
        /** Through the desks: one command an operation, in the order of the log. */
        LIVE
    }

    static Arguments parse(String... args) {
        List<Path> logs = new ArrayList<>();
        Mode mode = Mode.IMPORT;
        Path expected = null;
        String url = null;
        int threads = 1;
        boolean keep = false;
        Iterator<String> rest = Arrays.asList(args).iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            switch (arg) {
                case "--mode" -> mode = mode(value(arg, rest));
                case "--expect" -> expected = Path.of(value(arg, rest));
                case "--url" -> url = value(arg, rest);
                case "--threads" -> threads = threads(value(arg, rest));
                case "--keep" -> keep = true;
                default -> {
                    if (arg.startsWith("--")) {
                        throw new BadInput("unknown option " + arg + "; " + USAGE);
                    }
                    logs.add(Path.of(arg));
                }
            }
        }
        if (logs.size() != 1) {
            throw new BadInput(USAGE);
        }
        return new Arguments(logs.get(0), mode, expected, url, threads, keep);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new BadInput(option + " needs a value; " + USAGE);
        }
        return rest.next();
    }

    private static Mode mode(String value) {
        return switch (value) {
            case "import" -> Mode.IMPORT;
            case "live" -> Mode.LIVE;
            default -> throw new BadInput("--mode is import or live");
        };
    }

    private static int threads(String value) {
        try {
            int threads = Integer.parseInt(value);
            if (threads >= 1 && threads <= MAX_THREADS) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number out of range is.
        }
        throw new BadInput("--threads is a number from 1 to " + MAX_THREADS);
    }
}
