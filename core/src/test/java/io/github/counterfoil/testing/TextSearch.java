package io.github.counterfoil.testing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for a text in every column of every table of a database: as it is, folded, in hex, in Base64. */
public final class TextSearch {

    private TextSearch() {}

    /** The tables in which it stands, those of PostgreSQL's own catalogs among them. */
    public static List<String> tables(TestDatabase database, String text) {
        return tables(database, text, "true");
    }

    /** The same without PostgreSQL's own catalogs, which hold words of any language. */
    public static List<String> hostsTables(TestDatabase database, String text) {
        return tables(
                database,
                text,
                "n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_toast%'");
    }

    private static List<String> tables(TestDatabase database, String text, String which) {
        String found = forms(text).stream()
                .map(form -> "position('" + form + "' in folded) > 0")
                .collect(Collectors.joining(" or "));
        return database
                .superuserQuery("select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " where c.relkind in ('r', 'm') and c.relpersistence <> 't' and " + which + " order by 1")
                .stream()
                .filter(table -> database.superuserValue(
                                // A row is written and folded once, not for each form.
                                "select exists (select from " + table
                                        + " x, lateral (select lower(x::text) as folded offset 0) row where " + found
                                        + ")")
                        .equals("t"))
                .toList();
    }

    /** In lower case. */
    public static Set<String> forms(String text) {
        return Stream.concat(
                        Stream.of(text.toLowerCase(Locale.ROOT), base64(text)),
                        Stream.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT))
                                .flatMap(form -> Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)
                                        .map(charset -> hex(form, charset))))
                .collect(Collectors.toSet());
    }

    private static String base64(String text) {
        return Base64.getEncoder()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8))
                .toLowerCase(Locale.ROOT);
    }

    private static String hex(String text, Charset charset) {
        return HexFormat.of().formatHex(text.getBytes(charset));
    }
}
