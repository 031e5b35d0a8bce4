package io.github.counterfoil.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call with all its tries, as its host's ledger has it. */
record Played(Call call, List<Try> tries) {

    /**
     * One try.
     *
     * @param ended {@code Long.MAX_VALUE} if it did not
     * @param told null if nothing was
     */
    record Try(long begun, long ended, @Nullable Told told) {

        boolean isOpen() {
            return told == null || told.answer() == Told.Answer.UNKNOWN || told.answer() == Told.Answer.BROKEN;
        }

        boolean isDone() {
            return told != null && told.answer() == Told.Answer.DONE;
        }

        Duration took() {
            return told == null ? Duration.ZERO : Duration.ofNanos(ended - begun);
        }
    }

    /** What the host may rely on. */
    enum Claim {
        STORED,
        NOT_STORED,
        OPEN
    }

    /** In the order in which the calls began. */
    static List<Played> of(long seed, int host, List<Ledger.Line> lines) {
        Map<List<Integer>, Played> calls = new LinkedHashMap<>();
        for (Ledger.Line line : lines) {
            List<Try> tries = calls.computeIfAbsent(
                            List.of(line.thread(), line.n()),
                            place -> new Played(Call.at(seed, host, line.thread(), line.n()), new ArrayList<>()))
                    .tries();
            if (line.told() == null) {
                tries.add(new Try(line.nanos(), Long.MAX_VALUE, null));
            } else {
                tries.add(new Try(tries.remove(tries.size() - 1).begun(), line.nanos(), line.told()));
            }
        }
        return List.copyOf(calls.values());
    }

    /** Of a part that is stored, or not, by itself. */
    Claim claim(int part) {
        boolean open = false;
        boolean denied = false;
        for (Try one : tries) {
            char letter = one.isDone() ? one.told().detail().charAt(part) : ' ';
            if (letter == 'A') {
                return Claim.STORED;
            }
            open |= one.isOpen();
            denied |= letter == 'U' || letter == 'R' || answered(one, Told.Answer.REFUSED);
        }
        return open && !denied ? Claim.OPEN : Claim.NOT_STORED;
    }

    private static boolean answered(Try one, Told.Answer answer) {
        return one.told() != null && one.told().answer() == answer;
    }

    boolean isDone() {
        return tries.stream().anyMatch(Try::isDone);
    }

    /** Whether one of its tries may take effect without anybody having been told. */
    boolean maybeStored() {
        return tries.stream().anyMatch(Try::isOpen);
    }

    long begun() {
        return tries.get(0).begun();
    }

    /** When it was acknowledged first. */
    long acknowledged() {
        return tries.stream().filter(Try::isDone).mapToLong(Try::ended).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return call.token() + " " + call.kind() + " "
                + tries.stream().map(Try::told).toList();
    }
}
