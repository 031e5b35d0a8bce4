package io.github.counterfoil.faults;

import io.github.counterfoil.faults.Findings.Kind;
import io.github.counterfoil.faults.Played.Claim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The judge of what has no event: people, and who of them works. */
final class PeopleJudge {
    private final Stored stored;
    private final List<Played> calls;
    private final Findings findings;

    PeopleJudge(Stored stored, List<Played> calls, Findings findings) {
        this.stored = stored;
        this.calls = calls;
        this.findings = findings;
    }

    void judge() {
        Map<UUID, Set<String>> names = new HashMap<>();
        Map<UUID, Set<String>> active = new HashMap<>();
        for (Played played : calls) {
            Call call = played.call();
            UUID customer = Cast.ownCustomer(call.host(), call.thread());
            UUID worker = Cast.ownWorker(call.host(), call.thread());
            switch (call.kind()) {
                case REGISTER -> judge(played, stored.names().containsKey(call.newId(0)));
                case ERASE -> judge(played, "Erased".equals(stored.names().get(call.newId(0))));
                case RENAME -> replace(names, customer, played, call.token(), "Some");
                case DEACTIVATE -> replace(active, worker, played, "f", "t");
                case REACTIVATE -> replace(active, worker, played, "t", "t");
                default -> {}
            }
        }
        compare(names, stored.names());
        compare(active, stored.active());
    }

    private void judge(Played played, boolean there) {
        Claim claim = played.claim(0);
        if (claim == Claim.STORED && !there) {
            findings.add(Kind.LOST, played.toString());
        } else if (claim == Claim.NOT_STORED && there) {
            findings.add(Kind.MISREPORTED, played + " is stored");
        }
    }

    /**
     * A value that was acknowledged takes the place of those before it; one that may have been stored stands beside them, since
     * its statement may still be under way.
     */
    private static void replace(
            Map<UUID, Set<String>> possible, UUID person, Played played, String value, String initial) {
        Set<String> values = possible.computeIfAbsent(person, none -> new HashSet<>(Set.of(initial)));
        if (played.isDone() && !played.maybeStored()) {
            values.clear();
        }
        if (played.isDone() || played.maybeStored()) {
            values.add(value);
        }
    }

    private void compare(Map<UUID, Set<String>> possible, Map<UUID, String> actual) {
        possible.forEach((person, values) -> {
            if (!values.contains(actual.get(person))) {
                findings.add(Kind.LOST, person + " is " + actual.get(person) + " and not one of " + values);
            }
        });
    }
}
