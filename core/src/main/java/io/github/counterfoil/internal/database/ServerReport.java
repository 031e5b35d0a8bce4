package io.github.counterfoil.internal.database;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's report of an error (https://www.postgresql.org/docs/current/protocol-error-fields.html) says about
 * objects, never about values: its message, detail, hint and query are not read.
 *
 * <p>The driver's classes are found by reflection, since the driver may be wrapped, absent or in another class loader.
 */
final class ServerReport {
    private static final List<String> NAMES = List.of("Schema", "Table", "Column", "Datatype", "Constraint");
    /** A frame of a PL/pgSQL function: its name, line and kind of statement. Other frames quote statements and parameters. */
    private static final Pattern FRAME = Pattern.compile("PL/pgSQL function .+ line \\d+ at [\\w ]+");

    private final Object report;

    private ServerReport(Object report) {
        this.report = report;
    }

    /** What the first of these that has a report says, beginning with a comma; empty if none has one. */
    static String of(Stream<Throwable> causes) {
        return causes.flatMap(cause -> call(cause, "getServerErrorMessage").stream())
                .findFirst()
                .map(report -> new ServerReport(report).text())
                .orElse("");
    }

    private String text() {
        Map<String, String> parts = new LinkedHashMap<>();
        String routine = field("Routine");
        // RAISE and its like in other languages fill these with whatever a function gives them.
        if (!field("File").startsWith("pl")) {
            NAMES.forEach(name -> parts.put(name.toLowerCase(Locale.ROOT), field(name)));
        }
        parts.put("reported by", routine);
        parts.put("in", frames(field("Where")));
        return parts.entrySet().stream()
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> ", " + part.getKey() + " " + part.getValue())
                .collect(Collectors.joining());
    }

    /** The innermost functions, up to the first frame that may quote a value: text in it could look like a frame. */
    private static String frames(String where) {
        return where.lines().takeWhile(line -> FRAME.matcher(line).matches()).collect(Collectors.joining(" < "));
    }

    private String field(String name) {
        return call(report, "get" + name).map(Object::toString).orElse("");
    }

    private static Optional<Object> call(@Nullable Object target, String method) {
        if (target == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(target.getClass().getMethod(method).invoke(target));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }
}
