package io.github.counterfoil.faults;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found to be wrong. */
final class Findings {

    enum Kind {
        /** Acknowledged and not stored. */
        LOST,
        /** Stored more than once. */
        DOUBLED,
        /** Stored in part. */
        HALF_DONE,
        /** Told otherwise than it is, or something that no caller can act on. */
        MISREPORTED,
        /** Not answered, or too late. */
        HUNG,
        /** Unknown to the end. */
        UNRESOLVED,
        /** In another order than it happened, with a gap, or with a time that runs backwards. */
        OUT_OF_ORDER,
        /** Stored without having been asked for. */
        FOREIGN,
        /** Not what the history says, or not writable any more. */
        UNSOUND,
        /** Connections, transactions or threads that outlived their calls. */
        LEFT_BEHIND,
        /** The first success after a fault came too late. */
        LATE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final int SHOWN = 20;

    private final Map<Kind, List<String>> found = new EnumMap<>(Kind.class);

    void add(Kind kind, String what) {
        found.computeIfAbsent(kind, none -> new ArrayList<>()).add(what);
    }

    void addAll(Findings others) {
        others.found.forEach((kind, texts) -> texts.forEach(text -> add(kind, text)));
    }

    int count(Kind kind) {
        return found.getOrDefault(kind, List.of()).size();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many of each kind, on one line. */
    String counts() {
        return Stream.of(Kind.values()).map(kind -> count(kind) + " " + kind).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return found.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().size() + "\n  "
                        + entry.getValue().stream().limit(SHOWN).collect(Collectors.joining("\n  ")))
                .collect(Collectors.joining("\n"));
    }
}
