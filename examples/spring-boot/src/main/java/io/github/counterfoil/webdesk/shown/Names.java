package io.github.counterfoil.webdesk.shown;

/** What people are called. */
public final class Names {

    private Names() {}

    /** @param last empty for who has one name alone */
    public static String full(String first, String last) {
        return (first + " " + last).strip();
    }
}
