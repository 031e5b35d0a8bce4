package io.github.counterfoil.testing;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;

import java.util.UUID;

/** Commands whose texts PostgreSQL makes itself, so that a test of large tickets sends little. */
public final class LargeTickets {
    private static final String COMMAND = """
            select count(*) from generate_series(1, %d) as x (n), lateral counterfoil.apply_command('%s', '%s', '%s',
              gen_random_uuid(), gen_random_uuid(), null, null,
              jsonb_build_array(jsonb_build_object('change', '%s', 'args', %s)), null, 10000, false)
            """;

    private LargeTickets() {}

    /** Public replies of Ada's, of so many bytes each. */
    public static void reply(TestDatabase database, UUID ticketId, int replies, int bytes) {
        append(database, ticketId, ADA, "customer", "message", "public", replies, bytes);
    }

    /** Private notes of Jane's, of so many bytes each. */
    public static void note(TestDatabase database, UUID ticketId, int notes, int bytes) {
        append(database, ticketId, JANE, "agent", "note-added", "private", notes, bytes);
    }

    private static void append(
            TestDatabase database,
            UUID ticketId,
            UUID by,
            String role,
            String type,
            String visibility,
            int n,
            int bytes) {
        String args = "jsonb_build_object('type', '" + type + "', 'visibility', '" + visibility
                + "', 'body', jsonb_build_object('content', lpad(n::text, " + bytes
                + ", 'x'), 'attachments', '[]'::jsonb))";
        database.value(COMMAND.formatted(n, ticketId, by, role, "append", args));
    }

    /** Changes of the description by Jane, to texts of so many bytes each. */
    public static void describe(TestDatabase database, UUID ticketId, int changes, int bytes) {
        database.value(COMMAND.formatted(
                changes,
                ticketId,
                JANE,
                "agent",
                "description",
                "jsonb_build_object('value', lpad(n::text, " + bytes + ", 'x'))"));
    }
}
