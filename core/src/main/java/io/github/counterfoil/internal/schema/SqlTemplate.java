package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Names;

/** A text with placeholders such as <code>${schema}</code>: all are filled in, and what is given has a place. */
final class SqlTemplate {
    private final String text;

    private SqlTemplate(String text) {
        this.text = text;
    }

    static SqlTemplate of(String text) {
        return new SqlTemplate(text);
    }

    /** @param value may hold placeholders itself, which are given later */
    SqlTemplate with(String placeholder, String value) {
        String there = "${" + placeholder + "}";
        if (!text.contains(there)) {
            throw new IllegalArgumentException("no placeholder " + placeholder);
        }
        return new SqlTemplate(text.replace(there, value));
    }

    /** With the host's names. */
    String sql(Names names) {
        String sql = names.fillIn(text);
        if (sql.contains("${")) {
            throw new IllegalStateException("a placeholder is left");
        }
        return sql;
    }
}
