package io.github.counterfoil.internal.database;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** Texts that may be UUIDs. A cast alone would fail for one that is none, and with it the whole statement. */
public final class UuidText {
    private static final String PATTERN = "^[[:xdigit:]]{8}(-[[:xdigit:]]{4}){3}-[[:xdigit:]]{12}$";

    private UuidText() {}

    /** Null for a text that is no UUID in its usual form. */
    public static Field<UUID> read(Field<String> text) {
        return when(text.likeRegex(inline(PATTERN)), text).cast(SQLDataType.UUID);
    }
}
