package io.github.counterfoil.webdesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CopiesTest {

    @Test
    void the_connection_source_is_the_one_that_the_guide_gives_to_copy() throws IOException {
        Path copy = Path.of("src/main/java/io/github/counterfoil/webdesk/database/SpringConnectionSource.java");
        Path original = Path.of("../hosts/src/main/java/io/github/counterfoil/hosts/SpringConnectionSource.java");
        assertThat(Files.readString(copy).replace("package io.github.counterfoil.webdesk.database;", ""))
                .isEqualTo(Files.readString(original).replace("package io.github.counterfoil.hosts;", ""));
    }
}
