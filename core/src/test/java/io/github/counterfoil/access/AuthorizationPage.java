package io.github.counterfoil.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/authorization.md}, read so strictly that nothing can stand on it but sentences, the table and the list.
 *
 * @param table every line of it, as it stands there
 * @param hostsOwn the methods that the list names
 */
record AuthorizationPage(String table, List<String> hostsOwn) {
    private static final Path FILE = Path.of("..", "docs", "authorization.md");
    private static final String LINE = "[A-Za-z`*][^|\\n]*";
    private static final String PARAGRAPHS = "(?:(?:" + LINE + "\\n)*+(?<=[.]\\n)\\n)++";
    private static final Pattern PAGE = Pattern.compile("# Who may do what\\n\\n" + PARAGRAPHS
            + "## The desks\\n\\n(?<table>(?:\\|[^\\n]*\\|\\n)+)\\n"
            + "## Beyond the table\\n\\n" + PARAGRAPHS
            + "## The host's own\\n\\n" + PARAGRAPHS + "(?<list>(?:- `\\w+`: [^|\\n]+\\n)+)");
    private static final Pattern METHOD = Pattern.compile("(?m)^- `(\\w+)`");

    AuthorizationPage {
        hostsOwn = List.copyOf(hostsOwn);
    }

    static String text() throws IOException {
        return Files.readString(FILE);
    }

    /** @throws IllegalArgumentException if anything else stands on the page, or stands elsewhere */
    static AuthorizationPage read(String text) {
        Matcher page = PAGE.matcher(text);
        if (!page.matches()) {
            throw new IllegalArgumentException("the page holds something that is not sentences, the table or the list");
        }
        List<String> methods = METHOD.matcher(page.group("list"))
                .results()
                .map(item -> item.group(1))
                .toList();
        return new AuthorizationPage(page.group("table"), methods);
    }
}
