package io.github.counterfoil.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A host has Counterfoil on its class path or its module path, and notices as little of it as possible. */
class FootprintTest {
    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    // All that core needs at run time, and what jOOQ needs in turn.
    private static final List<String> RUNTIME = List.of(
            "jooq-3", "r2dbc-spi-1", "reactive-streams-1", "jackson-", "slf4j-api-", "postgresql-42", "jspecify-");

    @Test
    void the_jar_holds_nothing_that_others_look_up_by_name() throws Exception {
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(classes::relativize)
                            .map(Path::toString))
                    .as("no META-INF, no services, no classes or resources of other packages")
                    .allMatch(name -> name.startsWith("io/github/counterfoil/") || name.equals("module-info.class"));
        }
    }

    @Test
    void a_host_gets_these_dependencies_and_no_others() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        NodeList dependencies = ((Element) pom.getDocumentElement()
                        .getElementsByTagName("dependencies")
                        .item(0))
                .getElementsByTagName("dependency");
        assertThat(IntStream.range(0, dependencies.getLength())
                        .mapToObj(i -> (Element) dependencies.item(i))
                        .filter(dependency -> !List.of("test", "provided").contains(text(dependency, "scope")))
                        .map(dependency -> text(dependency, "artifactId")))
                .containsExactlyInAnyOrder(
                        "jooq", "postgresql", "jackson-databind", "jackson-core", "slf4j-api", "jspecify");
    }

    @Test
    void on_the_class_path_nothing_of_the_hosts_jvm_changes() throws Exception {
        String runtime = path(name -> RUNTIME.stream().anyMatch(name::startsWith));
        String told = run("-cp", String.join(File.pathSeparator, classes().toString(), tests().toString(), runtime));
        assertThat(told).contains("module=null", "properties=[]", "threads=[]", "defaults=kept");
    }

    @Test
    void on_the_module_path_nothing_of_the_hosts_jvm_changes() throws Exception {
        String runtime = path(name -> RUNTIME.stream().anyMatch(name::startsWith));
        String told = run(
                "-p",
                classes() + File.pathSeparator + runtime,
                "--add-modules",
                "io.github.counterfoil,org.postgresql.jdbc",
                "-cp",
                tests().toString());
        assertThat(told).contains("module=io.github.counterfoil", "properties=[]", "threads=[]", "defaults=kept");
    }

    private static String run(String... options) throws IOException, InterruptedException {
        try (TestDatabase database = TestDatabase.withSchema()) {
            SupportTeam.in(database);
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Dorg.jooq.no-logo=true", "-Dorg.jooq.no-tips=true"));
            command.addAll(List.of(options));
            command.addAll(List.of(SmallHost.class.getName(), database.url(), SupportTeam.ADA.toString()));
            Process host = new ProcessBuilder(command).redirectErrorStream(true).start();
            String told = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(host.waitFor()).as(told).isZero();
            told.lines().filter(line -> line.startsWith("cost=")).forEach(System.out::println);
            return told;
        }
    }

    private static Path classes() throws Exception {
        return placeOf(TicketService.class);
    }

    private static Path tests() throws Exception {
        return placeOf(SmallHost.class);
    }

    private static Path placeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static String path(Predicate<String> jar) {
        return CLASS_PATH.stream()
                .filter(entry -> jar.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String text(Element parent, String name) {
        NodeList children = parent.getElementsByTagName(name);
        return children.getLength() == 0 ? "" : children.item(0).getTextContent();
    }
}
