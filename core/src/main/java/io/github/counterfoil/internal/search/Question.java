package io.github.counterfoil.internal.search;

import io.github.counterfoil.internal.json.JsonObject;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import io.github.counterfoil.internal.validation.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What somebody searches for: parts, each of which a ticket must have. */
public final class Question {
    /** Of a question, code points. */
    public static final int MAX_CHARACTERS = 1_000;

    /** Words, phrases and beginnings together. */
    public static final int MAX_PARTS = 16;

    /** Of all parts together, where pairs of characters are words: each is looked for. */
    public static final int MAX_WORDS = 256;

    /** The shortest beginning of a word that is looked for. */
    public static final int MIN_BEGINNING = 3;

    private static final String QUOTES = "\"\u201C\u201D\u201E\u00AB\u00BB";

    private final List<Part> parts = new ArrayList<>();
    private boolean tooShort;

    /**
     * A word, or words that stand together.
     *
     * @param words each with its distance from the first
     */
    record Part(List<Word> words) {
        String query() {
            StringBuilder query = new StringBuilder();
            int last = 0;
            for (Word word : words) {
                if (!query.isEmpty()) {
                    query.append(" <").append(word.place() - last).append("> ");
                }
                Words.quote(word.term(), query);
                query.append(word.beginning() ? ":*" : "");
                last = word.place();
            }
            return query.toString();
        }

        /** Tells nothing of what people typed. */
        @Override
        public String toString() {
            return "Part[" + words.size() + "]";
        }
    }

    /** @param beginning whether longer words are meant too */
    record Word(String term, int place, boolean beginning) {
        boolean isMet(Term other) {
            return beginning ? other.text().startsWith(term) : other.text().equals(term);
        }

        /** Tells nothing of what people typed. */
        @Override
        public String toString() {
            return "Word[" + place + "]";
        }
    }

    private Question(String text) {
        int at = 0;
        while (at < text.length()) {
            boolean quoted = QUOTES.indexOf(text.charAt(at)) >= 0;
            int start = quoted ? at + 1 : at;
            int end = start;
            while (end < text.length() && QUOTES.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (quoted) {
                addPhrase(text.substring(start, end));
                end = Math.min(end + 1, text.length());
            } else {
                for (String chunk : text.substring(start, end).split("\\s+")) {
                    addChunk(chunk);
                }
            }
            at = end;
        }
    }

    /** @return null where there are faults, which are the field's {@code text} */
    public static @Nullable Question of(String text, Faults faults) {
        Problem problem = TextRules.length(text, MAX_CHARACTERS);
        if (problem == null) {
            problem = TextRules.storable(text);
        }
        Question question = problem == null ? new Question(text) : null;
        if (question != null) {
            problem = question.problem();
        }
        faults.add("text", problem);
        return problem == null ? question : null;
    }

    /** @throws io.github.counterfoil.error.InvalidInput for a text that has a fault */
    public static Question of(String text) {
        Faults faults = new Faults();
        Question question = of(text, faults);
        faults.throwIfAny();
        return Objects.requireNonNull(question);
    }

    private @Nullable Problem problem() {
        if (parts.isEmpty()) {
            return Problem.of("no_words");
        } else if (parts.size() > MAX_PARTS) {
            return Problem.of("too_many", MAX_PARTS);
        } else if (parts.stream().mapToInt(part -> part.words().size()).sum() > MAX_WORDS) {
            return Problem.of("too_many", MAX_WORDS);
        }
        return tooShort ? Problem.of("too_short", MIN_BEGINNING) : null;
    }

    private void addChunk(String chunk) {
        FoldedText folded = FoldedText.of(chunk, MAX_CHARACTERS);
        List<Run> runs = Run.in(folded);
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            boolean beginning = i == runs.size() - 1 && chunk.endsWith("*");
            if (run.pairs()) {
                List<Word> words = new ArrayList<>();
                addPairs(folded, run, 0, words);
                parts.add(new Part(words));
            } else {
                String term = Terms.cut(folded, run.from(), run.to());
                tooShort |= beginning && term.codePointCount(0, term.length()) < MIN_BEGINNING;
                parts.add(new Part(List.of(new Word(term, 0, beginning))));
            }
        }
    }

    private void addPhrase(String phrase) {
        FoldedText folded = FoldedText.of(phrase, MAX_CHARACTERS);
        List<Run> runs = Run.in(folded);
        if (runs.size() == 1) {
            addChunk(phrase);
            return;
        }
        List<Word> words = new ArrayList<>();
        int place = 0;
        for (Run run : runs) {
            if (run.pairs()) {
                addPairs(folded, run, place, words);
                place += run.to() - run.from();
            } else {
                for (Run part : run.parts(folded)) {
                    words.add(new Word(Terms.cut(folded, part.from(), part.to()), place++, false));
                }
            }
        }
        if (!words.isEmpty()) {
            parts.add(new Part(words));
        }
    }

    /** One character alone is the first of a pair, or the last of its run. */
    private static void addPairs(FoldedText folded, Run run, int place, List<Word> words) {
        if (run.to() - run.from() == 1) {
            words.add(new Word(folded.between(run.from(), run.to()), place, true));
        }
        for (int at = run.from(); at < run.to() - 1; at++) {
            words.add(new Word(folded.between(at, at + 2), place + at - run.from(), false));
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** Each part as PostgreSQL reads a {@code tsquery}, as a JSON array. */
    public String queries() {
        return JsonObject.strings(parts.stream().map(Part::query).distinct().toList());
    }

    /** Whatever has one of the parts, for the rank. */
    public String any() {
        return parts.stream().map(part -> "(" + part.query() + ")").collect(Collectors.joining(" | "));
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Question[" + parts.size() + "]";
    }
}
