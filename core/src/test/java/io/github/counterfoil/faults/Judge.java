package io.github.counterfoil.faults;

import io.github.counterfoil.faults.Findings.Kind;
import io.github.counterfoil.faults.Played.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what hosts were told with what is stored. */
final class Judge {
    /** Nobody waits longer for an answer. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Stored stored;
    private final List<Played> calls;
    private final Map<String, Played> byToken;
    private final Findings findings = new Findings();

    Judge(Stored stored, List<Played> calls) {
        this.stored = stored;
        this.calls = List.copyOf(calls);
        this.byToken = calls.stream().collect(Collectors.toMap(one -> one.call().token(), one -> one));
    }

    Findings judge() {
        calls.forEach(this::judgeAnswers);
        calls.forEach(this::judgeMarks);
        judgeForeign();
        judgeOrder();
        new PeopleJudge(stored, calls, findings).judge();
        stored.disorder().forEach(what -> findings.add(Kind.OUT_OF_ORDER, what));
        stored.unsound().forEach(what -> findings.add(Kind.UNSOUND, what));
        return findings;
    }

    private void judgeAnswers(Played played) {
        List<Played.Try> tries = played.tries();
        Told last = tries.get(tries.size() - 1).told();
        if (last == null) {
            findings.add(Kind.HUNG, played + " was not answered");
        } else if (last.answer() == Told.Answer.UNKNOWN) {
            findings.add(Kind.UNRESOLVED, played.toString());
        }
        for (Played.Try one : tries) {
            if (one.took().compareTo(LIMIT) > 0) {
                findings.add(Kind.HUNG, played + " took " + one.took());
            }
            if (one.told() != null && one.told().answer() == Told.Answer.BROKEN) {
                findings.add(Kind.MISREPORTED, played.toString());
            }
        }
    }

    private void judgeMarks(Played played) {
        List<List<String>> parts = played.call().marks();
        for (int part = 0; part < parts.size(); part++) {
            List<String> marks = parts.get(part);
            List<Integer> counts = marks.stream().map(stored::count).toList();
            boolean none = counts.stream().allMatch(count -> count == 0);
            Claim claim = played.claim(part);
            String what = played + ", part " + part;
            if (counts.stream().anyMatch(count -> count > 1)) {
                findings.add(Kind.DOUBLED, what);
            } else if (!none && counts.contains(0)) {
                findings.add(Kind.HALF_DONE, what);
            } else if (none && claim == Claim.STORED) {
                findings.add(Kind.LOST, what);
            } else if (!none && claim == Claim.NOT_STORED) {
                findings.add(Kind.MISREPORTED, what + " is stored");
            }
        }
    }

    private void judgeForeign() {
        Set<String> expected = new HashSet<>();
        calls.forEach(played -> played.call().marks().forEach(expected::addAll));
        Set<String> deactivated = calls.stream()
                .filter(played -> played.call().kind() == CallKind.DEACTIVATE)
                .map(played -> Cast.ownWorker(
                                played.call().host(), played.call().thread())
                        .toString())
                .collect(Collectors.toSet());
        for (Stored.Event event : stored.events()) {
            boolean known = event.mark() == null
                    ? stored.commands().contains(event.command())
                            || event.type().equals("assignment-removed") && deactivated.contains(event.agent())
                    : expected.contains(event.mark());
            if (!known) {
                findings.add(Kind.FOREIGN, event.toString());
            }
        }
    }

    /** What was acknowledged before another call began stands before it. */
    private void judgeOrder() {
        Map<String, List<Stored.Event>> tickets = new HashMap<>();
        stored.events()
                .forEach(event -> tickets.computeIfAbsent(event.ticket(), none -> new ArrayList<>())
                        .add(event));
        for (List<Stored.Event> events : tickets.values()) {
            long earliestAfter = Long.MAX_VALUE;
            for (int i = events.size() - 1; i >= 0; i--) {
                String mark = events.get(i).mark();
                Played played = mark == null ? null : byToken.get(mark.substring(0, mark.indexOf('#')));
                if (played != null) {
                    if (earliestAfter < played.begun()) {
                        findings.add(Kind.OUT_OF_ORDER, played + " stands before what was acknowledged before it");
                    }
                    earliestAfter = Math.min(earliestAfter, played.acknowledged());
                }
            }
        }
    }
}
