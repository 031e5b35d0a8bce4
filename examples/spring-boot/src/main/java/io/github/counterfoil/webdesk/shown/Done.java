package io.github.counterfoil.webdesk.shown;

import io.github.counterfoil.desk.CommandResult;

/** What the page that follows says of a command. */
public final class Done {

    private Done() {}

    /** @param applied said of one that was stored just now */
    public static String words(CommandResult<?> result, String applied) {
        return switch (result.outcome()) {
            case APPLIED -> applied;
            case REPLAYED -> "That was stored before, once.";
            case UNCHANGED -> "It was so already.";
        };
    }
}
