package io.github.counterfoil.redaction;

import io.github.counterfoil.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Looks for a text in every column of every table of a database: as it is, folded, in hex, in base64. */
final class Canaries {

    private Canaries() {}

    /** The tables in which it stands. */
    static List<String> tables(TestDatabase database, String text) {
        List<String> tables = database.query("select c.oid::regclass::text from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm')"
                + " and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_toast%'");
        return tables.stream()
                .filter(table -> forms(text)
                        .anyMatch(form -> !database.value("select count(*) from " + table + " t where position('" + form
                                        + "' in lower(t::text)) > 0")
                                .equals("0")))
                .toList();
    }

    private static Stream<String> forms(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                text.toLowerCase(Locale.ROOT),
                HexFormat.of().formatHex(bytes),
                java.util.Base64.getEncoder().encodeToString(bytes).toLowerCase(Locale.ROOT));
    }
}
