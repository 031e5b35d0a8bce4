package io.github.counterfoil.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.testing.TestDatabase;
import org.jooq.Constants;
import org.junit.jupiter.api.Test;

/** A run that is meant to show another PostgreSQL or jOOQ really has it. */
class SupportedVersionsTest {

    @Test
    void this_run_has_the_versions_that_it_was_asked_for() throws ReflectiveOperationException {
        // By reflection, since javac copies a constant into the class that names it.
        String jooq = (String) Constants.class.getField("FULL_VERSION").get(null);
        try (TestDatabase database = TestDatabase.empty()) {
            String server = database.value("show server_version");
            System.out.println("Running on PostgreSQL " + server + ", jOOQ " + jooq + ", Java "
                    + Runtime.version().feature());
            assertThat(server).startsWith(System.getProperty("expected.postgresql", ""));
            assertThat(jooq).startsWith(System.getProperty("expected.jooq", ""));
            assertThat(Integer.parseInt(server.replaceAll("\\D.*", ""))).isBetween(15, 18);
        }
    }
}
