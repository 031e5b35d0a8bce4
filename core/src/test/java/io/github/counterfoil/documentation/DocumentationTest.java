package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation shows is code that runs, and what it points at is there. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA_BLOCK = Pattern.compile(
            "(?:<!-- (?<source>[^#\\s]+)#(?<region>\\S+) -->\\n)?```java\\n(?<code>.*?)```", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("(?m)^(?<before>.*)\\n(?<rows>(?:\\|.*\\n)+)(?<after>.*)$");
    private static final Pattern ANCHOR =
            Pattern.compile("\\]\\((?!https?:|mailto:)(?<target>[^)#]*)#(?<anchor>[^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)(?<target>[^)#]+)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_java_block_is_a_region_of_code_that_runs(Path page) throws IOException {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            assertThat(block.group("source"))
                    .as("the source of a block in " + page)
                    .isNotNull();
            assertThat(block.group("code"))
                    .isEqualTo(region(ROOT.resolve(block.group("source")), block.group("region")));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_inside_the_project_leads_somewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            assertThat(page.resolveSibling(link.group("target"))).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_to_a_part_of_a_page_leads_to_a_heading(Path page) throws IOException {
        Matcher link = ANCHOR.matcher(Files.readString(page));
        while (link.find()) {
            String target = link.group("target");
            assertThat(headings(target.isEmpty() ? page : page.resolveSibling(target)))
                    .as("parts of %s, as %s names them", target, page)
                    .contains(link.group("anchor"));
        }
    }

    @Test
    void the_guide_has_every_page_on_its_table() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs").resolve("guide.md"));
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            assertThat(pages.map(page -> page.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("guide.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(guide).contains("](" + name + ")"));
        }
    }

    /** As links name them. */
    private static List<String> headings(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page).replaceAll("(?s)```.*?```", ""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{Alnum}\\-_ ]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_table_stands_between_blank_lines_and_its_rows_are_equally_wide(Path page) throws IOException {
        Matcher table = TABLE.matcher(Files.readString(page));
        while (table.find()) {
            assertThat(List.of(table.group("before"), table.group("after")))
                    .as("the lines around a table of " + page)
                    .containsOnly("");
            assertThat(table.group("rows").lines().map(row -> row.split("(?<!\\\\)\\|", -1).length))
                    .as("the cells of each row of a table of " + page)
                    .containsOnly(table.group("rows")
                            .lines()
                            .findFirst()
                            .orElseThrow()
                            .split("\\|", -1)
                            .length);
        }
    }

    private static String region(Path source, String name) throws IOException {
        List<String> region = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(source)) {
            if (line.strip().equals("// endregion")) {
                inside = false;
            }
            if (inside) {
                region.add(line);
            }
            if (line.strip().equals("// region: " + name)) {
                inside = true;
            }
        }
        assertThat(region).as("region " + name + " of " + source).isNotEmpty();
        return String.join("\n", region).stripIndent() + "\n";
    }
}
