package io.github.counterfoil.leaks;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Finds what may be Base64 or hexadecimal in a text, wherever it begins, and gives the bytes behind it. */
enum Digits {
    /** Of both alphabets, also with line breaks as MIME makes them; padding ends it. */
    BASE64(6, 16) {
        @Override
        int digit(char c) {
            if (c >= 'A' && c <= 'Z') {
                return c - 'A';
            }
            if (c >= 'a' && c <= 'z') {
                return c - 'a' + 26;
            }
            if (c >= '0' && c <= '9') {
                return c - '0' + 52;
            }
            return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
        }

        @Override
        int gap(String text, int at) {
            int end = at;
            while (end < text.length() && (text.charAt(end) == '\r' || text.charAt(end) == '\n')) {
                end++;
            }
            while (end > at && end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
                end++;
            }
            return end - at;
        }
    },

    /** Also with one character between bytes, as in a dump. */
    HEXADECIMAL(4, 24) {
        @Override
        int digit(char c) {
            return Character.digit(c, 16);
        }

        @Override
        int gap(String text, int at) {
            return " :-,\n".indexOf(text.charAt(at)) < 0 ? 0 : 1;
        }
    };

    private final int bits;
    private final int fewest;
    private final int[] values = new int[128];

    Digits(int bits, int fewest) {
        this.bits = bits;
        this.fewest = fewest;
        for (char c = 0; c < values.length; c++) {
            values[c] = digit(c);
        }
    }

    /** What the ASCII character stands for; negative for what is no digit. */
    abstract int digit(char c);

    /** How many characters at a place, which is within the text, may stand between digits. */
    abstract int gap(String text, int at);

    /** Each run of digits that is long enough to hold a token, without what is between them. */
    void runs(String text, Consumer<String> found) {
        StringBuilder run = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (value(c) >= 0) {
                run.append(c);
                at++;
            } else {
                int gap = run.length() == 0 ? 0 : gap(text, at);
                if (gap == 0 || at + gap == text.length() || value(text.charAt(at + gap)) < 0) {
                    end(run, found);
                }
                at += Math.max(gap, 1);
            }
        }
        end(run, found);
    }

    private int value(char c) {
        return c < values.length ? values[c] : -1;
    }

    private void end(StringBuilder run, Consumer<String> found) {
        if (run.length() >= fewest) {
            found.accept(run.toString());
        }
        run.setLength(0);
    }

    /** The bytes, one list for each place at which the first of them may begin. */
    void bytes(String run, Consumer<byte[]> found) {
        int places = bits == 6 ? 4 : 2;
        for (int from = 0; from < places; from++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(run.length());
            int held = 0;
            int value = 0;
            for (int i = from; i < run.length(); i++) {
                value = (value << bits | value(run.charAt(i))) & 0xffff;
                held += bits;
                if (held >= 8) {
                    held -= 8;
                    out.write(value >> held);
                }
            }
            found.accept(out.toByteArray());
        }
    }
}
