package io.github.counterfoil.webdesk.shown;

import io.github.counterfoil.ticket.Fragment;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a text that is shown: each is escaped by itself, so that what was searched for can be marked.
 *
 * @param found whether it was searched for
 */
public record Piece(String text, boolean found) {

    // region: pieces
    public static List<Piece> of(String text, List<Fragment.Highlight> highlights) {
        List<Piece> pieces = new ArrayList<>();
        int end = 0;
        for (Fragment.Highlight highlight : highlights) {
            pieces.add(new Piece(text.substring(end, highlight.from()), false));
            pieces.add(new Piece(text.substring(highlight.from(), highlight.to()), true));
            end = highlight.to();
        }
        pieces.add(new Piece(text.substring(end), false));
        return pieces;
    }
    // endregion

    public static List<Piece> of(Fragment fragment) {
        List<Piece> pieces = new ArrayList<>(of(fragment.text(), fragment.highlights()));
        if (fragment.cutBefore()) {
            pieces.add(0, new Piece("… ", false));
        }
        if (fragment.cutAfter()) {
            pieces.add(new Piece(" …", false));
        }
        return pieces;
    }
}
