import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Maven Central asks of a release, as far as it can be looked at here, and what docs/hosts.md says that comes with core.
 * usage: java .ci/CheckBundle.java folder version signed|unsigned
 */
public class CheckBundle {
    private static final List<String> CORE =
            List.of(".jar", ".pom", "-sources.jar", "-javadoc.jar", "-leak-kit.jar", "-test-kit.jar", "-cyclonedx.json", "-cyclonedx.xml");
    private static final List<String> FAULTS = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Path group = Path.of(args[0], "io", "github", "counterfoil");
        String version = args[1];
        boolean signed = args[2].equals("signed");
        Set<Path> expected = new TreeSet<>();
        for (String artifact : List.of("counterfoil-core", "counterfoil-parent")) {
            for (String ending : artifact.endsWith("core") ? CORE : List.of(".pom")) {
                Path file = group.resolve(artifact).resolve(version).resolve(artifact + "-" + version + ending);
                for (String kind : signed ? List.of("", ".md5", ".sha1", ".asc") : List.of("", ".md5", ".sha1")) {
                    expected.add(beside(file, kind));
                }
            }
        }
        try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
            Set<Path> found = files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
            require(found.equals(expected), "files: " + found);
            for (Path file : found) {
                check(file);
            }
        }
        Path core = group.resolve("counterfoil-core").resolve(version);
        require(entries(core.resolve("counterfoil-core-" + version + "-javadoc.jar"))
                .contains("io.github.counterfoil/io/github/counterfoil/TicketService.html"), "no Javadoc of TicketService");
        require(entries(core.resolve("counterfoil-core-" + version + "-sources.jar"))
                .contains("io/github/counterfoil/TicketService.java"), "no source of TicketService");
        Map<String, String> documented = documented();
        Map<String, String> named = named(Files.readString(core.resolve("counterfoil-core-" + version + "-cyclonedx.json")));
        require(named.equals(documented), "the bill of materials names " + named + ", docs/hosts.md " + documented);
        FAULTS.forEach(System.out::println);
        System.out.println(expected.size() + " files, " + named.size() + " dependencies, " + FAULTS.size() + " faults");
        System.exit(FAULTS.isEmpty() ? 0 : 1);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            FAULTS.add(fault);
        }
    }

    private static void check(Path file) throws IOException, GeneralSecurityException {
        String name = file.getFileName().toString();
        if (name.endsWith(".pom")) {
            checkPom(file);
        } else if (name.endsWith(".jar")) {
            require(entries(file).stream().noneMatch(entry -> entry.contains("..")), "a way out of " + name);
        }
        for (Map.Entry<String, String> sum : Map.of("md5", "MD5", "sha1", "SHA-1").entrySet()) {
            if (!name.matches(".*\\.(md5|sha1|asc)")) {
                String hex = HexFormat.of().formatHex(MessageDigest.getInstance(sum.getValue()).digest(Files.readAllBytes(file)));
                require(Files.readString(beside(file, "." + sum.getKey())).equals(hex), sum.getKey() + " of " + name);
            }
        }
    }

    /** Core's POM inherits what it does not say. */
    private static void checkPom(Path file) throws IOException {
        String pom = Files.readString(file, UTF_8);
        require(!pom.contains("-SNAPSHOT"), "a snapshot in " + file.getFileName());
        for (String element : List.of("name", "description", "groupId", "artifactId", "version")) {
            require(pom.contains("<" + element + ">"), element + " in " + file.getFileName());
        }
        if (!pom.contains("<parent>")) {
            for (String element : List.of("url", "license", "developer", "scm", "connection", "developerConnection")) {
                require(pom.contains("<" + element + ">"), element + " in " + file.getFileName());
            }
        }
        require(!pom.contains("<repositories>"), "repositories in " + file.getFileName());
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(entry -> entry.getName()).toList();
        }
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `([\\w.-]+:[\\w.-]+)` \\| ([\\w.-]+) \\|").matcher(Files.readString(Path.of("docs/hosts.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2));
        }
        return rows;
    }

    /** Every component of the bill of materials with its licence. */
    private static Map<String, String> named(String bill) {
        Map<String, String> components = new TreeMap<>();
        Matcher component = Pattern.compile(
                        "\"group\" : \"([^\"]+)\",\\s*\"name\" : \"([^\"]+)\".*?\"licenses\" : \\[.*?\"id\" : \"([^\"]+)\"", Pattern.DOTALL)
                .matcher(bill.substring(bill.lastIndexOf("\"components\"")));
        while (component.find()) {
            components.put(component.group(1) + ":" + component.group(2), component.group(3));
        }
        return components;
    }
}
