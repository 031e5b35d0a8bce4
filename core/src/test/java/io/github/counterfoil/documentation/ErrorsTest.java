package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of errors against the code and the functions. */
class ErrorsTest {
    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final Path SOURCES = Path.of("src", "main");
    private static final String FAMILIES =
            "(?:actor|admin|beginning|changes|command_id|connection|consumer|customer|database|email|events|feedback|input|number|outcome|person|schema|status|ticket|timezone|transaction|transition|user|worker)";
    private static final String CODE = "[a-z_]+";

    private static final Pattern REFUSAL = Pattern.compile("\"(" + FAMILIES + "\\." + CODE + ")\"");

    private static final Pattern FAULT =
            Pattern.compile("Problem\\s*\\.of\\(\\s*\"(" + CODE + ")\"|new InvalidInput\\(\\s*(?:\"[^\"]+\"|\\w+), \"("
                    + CODE + ")\"|new UnfitMember\\(\\w+(?:\\.\\w+\\(\\))?, \"(" + CODE + ")\"");

    @Test
    void every_code_of_an_exception_and_of_a_fault_stands_on_the_page_of_errors() throws IOException {
        Set<String> codes = new TreeSet<>();
        // Verification names columns of a ticket's row in the same way.
        codes.addAll(found(REFUSAL, sources(path -> !path.toString().contains("verification"))));
        codes.addAll(found(FAULT, sources(path -> true)));
        String page = Files.readString(PAGE);
        assertThat(codes)
                .hasSizeGreaterThan(60)
                .allSatisfy(code -> assertThat(page).contains("`" + code + "`"));
    }

    @Test
    void the_page_of_errors_names_no_code_that_nothing_answers() throws IOException {
        String sources = sources(path -> true);
        Set<String> shown = found(Pattern.compile("`(" + FAMILIES + "\\." + CODE + ")`"), Files.readString(PAGE));
        assertThat(shown)
                .hasSizeGreaterThan(40)
                .allMatch(each -> sources.contains("\"" + each + "\"") || sources.contains("'" + each + "'"));
    }

    @Test
    void the_page_of_errors_names_no_fault_that_nothing_answers() throws IOException {
        String page = Files.readString(PAGE);
        String sources = sources(path -> true);
        Set<String> cells = found(Pattern.compile("(?m)^\\| (`[^|]*`) \\|"), page.substring(page.indexOf("## Faults")));
        Set<String> faults = found(Pattern.compile("`(?:\\w+\\.)?(\\w+)`"), String.join(" ", cells));
        assertThat(faults)
                .hasSizeGreaterThan(40)
                .allMatch(code -> sources.contains("\"" + code + "\"") || sources.contains("." + code + "'"));
    }

    private static Set<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Set<String> codes = new TreeSet<>();
        while (matcher.find()) {
            IntStream.rangeClosed(1, matcher.groupCount())
                    .mapToObj(matcher::group)
                    .filter(Objects::nonNull)
                    .forEach(codes::add);
        }
        return codes;
    }

    private static String sources(Predicate<Path> chosen) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|sql)"))
                    .filter(chosen)
                    .map(ErrorsTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
