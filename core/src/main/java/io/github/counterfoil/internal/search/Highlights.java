package io.github.counterfoil.internal.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Where what somebody searches for stands in a text: by the same words by which PostgreSQL finds it. */
public final class Highlights {
    /** Of a piece, code points. */
    private static final int MOST = 200;

    /** How much of what stands before it a piece begins with, code points, so that it reads as a sentence. */
    private static final int LEAD = 40;

    /** How far an end is moved to stand between words, code points. */
    private static final int REACH = 20;

    /**
     * @param part of the question
     * @param from in the text
     */
    private record Hit(int part, int from, int to) {}

    private final String text;
    private final List<Hit> hits = new ArrayList<>();

    private Highlights(Question question, String text) {
        this.text = text;
        FoldedText folded = FoldedText.of(text, Terms.MAX_CHARACTERS);
        List<Term> terms = Terms.in(folded, 1);
        Map<Integer, List<Term>> places = terms.stream().collect(Collectors.groupingBy(Term::position));
        for (int part = 0; part < question.parts().size(); part++) {
            List<Question.Word> words = question.parts().get(part).words();
            for (Term first : terms) {
                OptionalInt end = words.get(0).isMet(first) ? end(words, first, places) : OptionalInt.empty();
                if (end.isPresent()) {
                    hits.add(new Hit(part, folded.sourceStart(first.from()), folded.sourceEnd(end.getAsInt() - 1)));
                }
            }
        }
        hits.sort(Comparator.comparingInt(Hit::from).thenComparingInt(Hit::to));
    }

    /** Where words that stand together end, of which the first is there. */
    private static OptionalInt end(List<Question.Word> words, Term first, Map<Integer, List<Term>> places) {
        int end = first.to();
        for (Question.Word word : words.subList(1, words.size())) {
            OptionalInt next = places.getOrDefault(first.position() + word.place(), List.of()).stream()
                    .filter(word::isMet)
                    .mapToInt(Term::to)
                    .max();
            if (next.isEmpty()) {
                return next;
            }
            end = Math.max(end, next.getAsInt());
        }
        return OptionalInt.of(end);
    }

    /** In the order of the text, none within another. */
    public static List<Highlight> in(String text, Question question) {
        return new Highlights(question, text).between(0, text.length());
    }

    /** What of the text has the most of the question, at most 200 code points; its beginning where nothing is found. */
    public static Piece best(String text, Question question) {
        Highlights all = new Highlights(question, text);
        int from = all.start();
        int to = all.end(from);
        return new Piece(text.substring(from, to), all.between(from, to), from > 0, to < text.length());
    }

    private int start() {
        int best = 0;
        int most = 0;
        for (int i = 0; i < hits.size(); i++) {
            int from = hits.get(i).from();
            int to = moved(from, MOST - LEAD);
            Set<Integer> parts = new HashSet<>();
            for (int j = i; j < hits.size() && hits.get(j).from() < to; j++) {
                if (hits.get(j).to() <= to) {
                    parts.add(hits.get(j).part());
                }
            }
            if (parts.size() > most) {
                most = parts.size();
                best = from;
            }
        }
        return blank(moved(best, -LEAD), moved(best, REACH - LEAD), false);
    }

    private int end(int from) {
        int end = moved(from, MOST);
        return end == text.length() ? end : blank(moved(end, -REACH), end, true);
    }

    /** Where a blank is, that words are not cut, and else no character from what combines with it. */
    private int blank(int from, int to, boolean last) {
        if (from == 0 && !last) {
            return 0;
        }
        for (int i = 0; i < to - from; i++) {
            int at = last ? to - i : from + i;
            if (Character.isWhitespace(text.charAt(last ? at : at - 1))) {
                return at;
            }
        }
        int at = last ? to : from;
        while (at > 0 && at < text.length() && isWithin(at)) {
            at--;
        }
        return at;
    }

    private boolean isWithin(int at) {
        return Character.isLowSurrogate(text.charAt(at)) && Character.isHighSurrogate(text.charAt(at - 1))
                || FoldedText.combines(text.codePointAt(at));
    }

    /** So many code points on, or back, within the text. */
    private int moved(int from, int codePoints) {
        int at = from;
        for (int moved = codePoints; moved > 0 && at < text.length(); moved--) {
            at = text.offsetByCodePoints(at, 1);
        }
        for (int moved = codePoints; moved < 0 && at > 0; moved++) {
            at = text.offsetByCodePoints(at, -1);
        }
        return at;
    }

    private List<Highlight> between(int from, int to) {
        List<Highlight> merged = new ArrayList<>();
        int start = -1;
        int end = -1;
        for (Hit hit : hits) {
            if (hit.from() < from || hit.to() > to) {
                continue;
            }
            if (start >= 0 && hit.from() > end) {
                merged.add(new Highlight(start - from, end - from));
                start = -1;
            }
            start = start < 0 ? hit.from() : start;
            end = Math.max(end, hit.to());
        }
        if (start >= 0) {
            merged.add(new Highlight(start - from, end - from));
        }
        return List.copyOf(merged);
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Highlights[" + hits.size() + "]";
    }
}
