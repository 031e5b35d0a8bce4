package io.github.counterfoil.benchmark.volume;

import java.util.random.RandomGenerator;

/** Texts of words that are as unevenly frequent as those of a language (Zipf's law), with error codes among them. */
final class Words {
    /** A word of rank r is about as frequent as 1/r. */
    static final int VOCABULARY = 20_000;

    private static final String[] SYLLABLES = {
        "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "kan", "lor", "min", "per",
        "sul", "tra"
    };
    private static final String[] WORDS = words();
    /** The logarithm of a text's length has this mean: half of the texts are shorter than 200 characters. */
    private static final double MEAN_LOG_LENGTH = Math.log(200);

    private static final int LONGEST = 8_000;

    private final RandomGenerator random;

    Words(RandomGenerator random) {
        this.random = random;
    }

    /** The word of a rank from 0, the most frequent first. */
    static String word(int rank) {
        return WORDS[rank];
    }

    private static String[] words() {
        String[] words = new String[VOCABULARY];
        for (int rank = 0; rank < VOCABULARY; rank++) {
            StringBuilder word = new StringBuilder();
            for (int rest = rank + SYLLABLES.length; rest > 0; rest /= SYLLABLES.length) {
                word.append(SYLLABLES[rest % SYLLABLES.length]);
            }
            words[rank] = word.toString();
        }
        return words;
    }

    private String next() {
        return WORDS[(int) (Math.pow(VOCABULARY, random.nextDouble()) - 1)];
    }

    /** A line of some words. */
    String title() {
        StringBuilder title = new StringBuilder(next());
        for (int more = 3 + random.nextInt(5); more > 0; more--) {
            title.append(' ').append(next());
        }
        return title.toString();
    }

    /** A text of 20 to 8,000 characters. */
    String text() {
        int length = (int) Math.min(LONGEST, Math.exp(MEAN_LOG_LENGTH + 0.8 * random.nextGaussian()));
        StringBuilder text = new StringBuilder(length + 40).append(next());
        while (text.length() < Math.max(20, length)) {
            text.append(' ').append(next());
        }
        if (random.nextInt(20) == 0) {
            text.append(" E-").append(1_000 + random.nextInt(9_000));
        }
        return text.append('.').toString();
    }
}
