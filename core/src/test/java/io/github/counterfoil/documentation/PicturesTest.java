package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.documentation.ArchitecturePicture.Band;
import io.github.counterfoil.documentation.TablesPicture.Column;
import io.github.counterfoil.documentation.TablesPicture.Table;
import io.github.counterfoil.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The pictures are what the code and the schema say. {@code -Dcounterfoil.pictures=write} writes them anew, for somebody to
 * look at.
 */
class PicturesTest {
    private static final boolean WRITE =
            System.getProperty("counterfoil.pictures", "").equals("write");
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "counterfoil");
    private static final Path SQL = Path.of("src", "main", "resources", "io", "github", "counterfoil", "schema");
    private static final String COLUMNS = """
            select t.relname || '|' || a.attname || '|' || format_type(a.atttypid, a.atttypmod) || '|'
                || exists (select from pg_constraint k where k.conrelid = t.oid and k.contype = 'p' and a.attnum = any (k.conkey)) || '|'
                || coalesce((select f.confrelid::regclass::text from pg_constraint f where f.conrelid = t.oid and f.contype = 'f'
                    and f.conparentid = 0 and a.attnum = any (f.conkey) limit 1), '')
            from pg_class t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
            where (t.relnamespace = 'counterfoil'::regnamespace or t.oid = 'auth.users'::regclass)
                and t.relkind in ('r', 'p') and not t.relispartition
            order by t.relname, a.attnum
            """;

    @Test
    void the_tables_are_drawn_as_the_schema_has_them() throws IOException {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        try (TestDatabase database = TestDatabase.withSchema()) {
            for (String row : database.query(COLUMNS)) {
                String[] parts = row.split("\\|", -1);
                tables.computeIfAbsent(parts[0], name -> new ArrayList<>())
                        .add(new Column(
                                parts[1],
                                parts[2].replace("timestamp with time zone", "timestamptz"),
                                parts[3].equals("true"),
                                parts[4].substring(parts[4].indexOf('.') + 1)));
            }
        }
        List<Table> drawn = new ArrayList<>();
        tables.forEach((name, columns) -> drawn.add(new Table(name, columns)));
        requireDrawn("tables.svg", TablesPicture.of(drawn));
    }

    @Test
    void the_parts_are_drawn_as_the_code_has_them() throws IOException {
        ModuleDescriptor module;
        try (var compiled = Files.newInputStream(Path.of("target", "classes", "module-info.class"))) {
            module = ModuleDescriptor.read(compiled);
        }
        List<Band> bands = List.of(
                new Band(
                        "Your application",
                        "has the threads, the schedule, the login and the users",
                        List.of("your DataSource", "your transactions", "your users", "your web, mail, jobs")),
                new Band("TicketService, the door", "hands out all of these", doors()),
                new Band(
                        "Packages of the API",
                        "with how many types; no package depends on the door, and none goes in a circle",
                        module.exports().stream()
                                .map(ModuleDescriptor.Exports::source)
                                .sorted()
                                .filter(name -> !name.equals("io.github.counterfoil"))
                                .map(name -> name.substring("io.github.counterfoil.".length()))
                                .map(name -> name + " " + types(SOURCES.resolve(name)))
                                .toList()),
                new Band("Behind them", "exported to nobody", folders(SOURCES.resolve("internal"))),
                new Band(
                        "One SQL statement for each call",
                        "commands are functions, which run with their owner's rights",
                        List.of(
                                files(SQL.resolve("functions")) + " functions",
                                files(SQL.resolve("triggers")) + " triggers, the guards",
                                files(SQL.resolve("views")) + " views, as documented",
                                "row-level security, if you want it")),
                new Band("PostgreSQL", "rows are the truth, and JSON is a view of them", tables()));
        requireDrawn("architecture.svg", ArchitecturePicture.of(bands));
    }

    private static List<String> doors() {
        return Arrays.stream(TicketService.class.getMethods())
                .filter(method -> method.getDeclaringClass() == TicketService.class
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getReturnType().isInterface()
                        && !Set.of("joining", "within").contains(method.getName()))
                .map(method -> method.getName() + "  " + method.getReturnType().getSimpleName())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> tables() throws IOException {
        try (Stream<String> lines = Files.lines(SQL.resolve("manifest.txt"))) {
            return lines.filter(line -> line.startsWith("table\t"))
                    .map(line -> line.split("\t")[1])
                    .toList();
        }
    }

    private static long types(Path folder) {
        try (Stream<Path> sources = Files.list(folder)) {
            return sources.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .filter(PicturesTest::isPublic)
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPublic(Path source) {
        try {
            return Files.readString(source).contains("\npublic ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> folders(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sql")).count();
        }
    }

    private static void requireDrawn(String name, String picture) throws IOException {
        Path file = DOCS.resolve(name);
        if (WRITE) {
            Files.writeString(file, picture);
        }
        assertThat(file).as("written anew by -Dcounterfoil.pictures=write").hasContent(picture);
    }
}
