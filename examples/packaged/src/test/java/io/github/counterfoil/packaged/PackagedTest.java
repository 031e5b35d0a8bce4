package io.github.counterfoil.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core's jar holds a validator, and no host notices it. */
class PackagedTest {
    /** The JDK's thread that ends calls in time. */
    private static final String CLOCK = Runtime.version().feature() < 25
            ? "CompletableFutureDelayScheduler"
            : "ForkJoinPool.commonPool-delayScheduler";

    private static final String SHADED = "io/github/counterfoil/internal/shaded/";
    private static final Pattern OLD_NAME = Pattern.compile(
            "(?<!shaded[./]|\\{)(org[./]hibernate[./]validator|org[./]jboss[./]logging|com[./]fasterxml[./]classmate)");

    @TempDir
    private Path folder;

    private record Result(String output, String errors) {}

    private static List<String> hostClassPath() throws IOException {
        return List.of(Files.readString(Path.of(System.getProperty("host.classpath")))
                .strip()
                .split(File.pathSeparator));
    }

    private static JarFile core() throws Exception {
        return new JarFile(new File(TicketService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
    }

    @Test
    void the_jar_holds_classes_of_its_own_names_only_and_provides_nothing() throws Exception {
        try (JarFile core = core()) {
            List<String> names = core.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
            assertThat(names)
                    .contains(SHADED + "org/hibernate/validator/HibernateValidator.class")
                    .allMatch(name -> name.startsWith("io/github/counterfoil/")
                            || name.startsWith("META-INF/maven/")
                            || List.of(
                                            "META-INF/MANIFEST.MF",
                                            "META-INF/LICENSE",
                                            "META-INF/NOTICE",
                                            "module-info.class")
                                    .contains(name));
        }
    }

    @Test
    void no_class_in_the_jar_remembers_an_old_name_or_looks_for_services() throws Exception {
        List<String> found = new ArrayList<>();
        try (JarFile core = core()) {
            for (JarEntry entry : core.stream()
                    .filter(entry ->
                            entry.getName().startsWith("io/") && entry.getName().endsWith(".class"))
                    .toList()) {
                String text = new String(core.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                if (OLD_NAME.matcher(text).find() || text.contains("java/util/ServiceLoader")) {
                    found.add(entry.getName());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void the_licences_of_what_is_inside_are_inside() throws Exception {
        try (JarFile core = core()) {
            assertThat(text(core, "META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
            assertThat(text(core, "META-INF/NOTICE"))
                    .contains(
                            "Hibernate Validator",
                            "JBoss Logging",
                            "Java ClassMate",
                            "Copyright 2007-, Tatu Saloranta");
            assertThat(core.stream().map(JarEntry::getName).filter(name -> name.endsWith("/pom.properties")))
                    .containsExactlyInAnyOrder(
                            "META-INF/maven/io.github.counterfoil/counterfoil-core/pom.properties",
                            "META-INF/maven/org.hibernate.validator/hibernate-validator/pom.properties",
                            "META-INF/maven/org.jboss.logging/jboss-logging/pom.properties",
                            "META-INF/maven/com.fasterxml/classmate/pom.properties");
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        return new String(jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_host_needs_none_of_what_is_inside() throws Exception {
        assertThat(hostClassPath())
                .anyMatch(jar -> jar.contains("counterfoil-core") && jar.endsWith(".jar"))
                .anyMatch(jar -> jar.contains("jakarta.validation-api"))
                .noneMatch(jar -> jar.contains("hibernate") || jar.contains("classmate") || jar.contains("jboss"));
    }

    /**
     * The host has a validation.xml, constraints, extractors, a provider and a logger, most of them broken; and its JVM stays as
     * it was, but for the clock of the JDK's that ends calls in time.
     */
    @Test
    void what_a_host_sets_for_its_own_validator_is_not_for_ours() throws Exception {
        String jars = String.join(File.pathSeparator, hostClassPath());
        String classes = System.getProperty("host.classes");
        String driver = "--add-modules=org.postgresql.jdbc";
        try (EmbeddedPostgresql server = EmbeddedPostgresql.startInMemory()) {
            String url = server.jdbcUrl();
            String main = Host.class.getName();
            Result classPath = java("-cp", String.join(File.pathSeparator, classes, jars), main, url, "on_class_path");
            Result modulePath = java(
                    "-p",
                    jars + File.pathSeparator + classes,
                    driver,
                    "-m",
                    Host.class.getPackageName() + "/" + main,
                    url,
                    "on_module_path");
            String expected = """
                    Printer on fire
                    APPLIED
                    channel.control_char, description.blank, tags[1].blank, tags[2].too_long (limit 64), title.blank
                    """;
            String unchanged = "properties []\nthreads [" + CLOCK + "]\ndefaults kept\n";
            assertThat(classPath).isEqualTo(new Result(expected + "unnamed module unnamed module\n" + unchanged, ""));
            assertThat(modulePath)
                    .isEqualTo(new Result(
                            expected + "module io.github.counterfoil.packaged module io.github.counterfoil\n"
                                    + unchanged,
                            ""));
        }
    }

    /** What a program prints on an otherwise silent JVM. */
    private Result java(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.jooq.no-logo=true",
                "-Dorg.jooq.no-tips=true",
                "-Dslf4j.internal.verbosity=ERROR"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        return new Result(
                Files.readString(output).replaceAll("unnamed module @[0-9a-f]+", "unnamed module"),
                Files.readString(errors));
    }
}
