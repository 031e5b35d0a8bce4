package io.github.counterfoil.webdesk.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code If-Match} holds: the version that was seen, as an entity tag, {@code "3"}, or bare. */
record SeenVersion(int number) {
    private static final Pattern VERSION = Pattern.compile("(\"?)(\\d{1,9})\\1");

    public static SeenVersion of(String header) {
        Matcher version = VERSION.matcher(header.strip());
        if (!version.matches()) {
            throw new IllegalArgumentException("no version");
        }
        return new SeenVersion(Integer.parseInt(version.group(2)));
    }
}
