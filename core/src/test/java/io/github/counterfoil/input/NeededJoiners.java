package io.github.counterfoil.input;

import java.util.stream.Stream;

/** Words and emoji that cannot be written without what nobody sees. */
final class NeededJoiners {

    private NeededJoiners() {}

    static Stream<String> texts() {
        return Stream.of(
                // Persian, with a joiner that keeps two letters apart.
                "می\u200cخواهم",
                // Devanagari and Sinhala, behind a virama.
                "क्\u200dष",
                "ශ්\u200dරී",
                // Malayalam, at the end of a word.
                "അവന്\u200d",
                // Bengali.
                "র\u200d্য",
                // Mongolian, with a selector.
                "ᠮᠣᠩᠭᠣᠯ\u180b",
                // A variant of an ideograph, as it is written in a name.
                "葛\udb40\udd00城",
                "❤\ufe0f",
                "❤\ufe0f\u200d🔥",
                "👨\u200d👩\u200d👧\u200d👦",
                "👩🏽\u200d🚀",
                "🏳\ufe0f\u200d🌈",
                "1\ufe0f\u20e3",
                "🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f");
    }
}
