package io.github.counterfoil.ticket;

import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.json.AsJson;
import java.util.List;

/**
 * A piece of a text in which a search was found. Untrusted text, and never markup: what is highlighted is told as positions.
 *
 * @param version the number of the event whose text it is, on the side of who searched; 0 for what the ticket started with: its title, a
 *     line feed and its description, or for the staff the values of its fields
 * @param text of at most 200 code points; words at its ends are whole where there are blanks between words
 * @param highlights in the order of the text, none within another; may be empty
 * @param cutBefore whether the text goes on before it
 * @param cutAfter whether the text goes on after it
 */
public record Fragment(int version, String text, List<Highlight> highlights, boolean cutBefore, boolean cutAfter)
        implements AsJson {

    public Fragment {
        highlights = Given.list("highlights", highlights);
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "Fragment[" + version + " " + highlights.size() + "]";
    }

    /**
     * Words that were searched for, as {@link String#substring(int, int)} takes them.
     *
     * @param from the first of their characters, from 0
     * @param to after the last
     */
    public record Highlight(int from, int to) implements AsJson {}
}
