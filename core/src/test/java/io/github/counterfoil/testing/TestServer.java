package io.github.counterfoil.testing;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The one PostgreSQL server of a test run: the one that {@code COUNTERFOIL_TEST_URL} names (a JDBC address whose user may
 * create databases), else one in Docker, else an embedded one.
 */
final class TestServer {
    static final String URL = start();

    private TestServer() {}

    private static String start() {
        String given = System.getenv("COUNTERFOIL_TEST_URL");
        if (given != null && !given.isBlank()) {
            return given;
        }
        if (dockerMayAnswer() && DockerClientFactory.instance().isDockerAvailable()) {
            return startContainer();
        }
        // Stopped by its own shutdown hook.
        return EmbeddedPostgresql.startInMemory().jdbcUrl();
    }

    private static boolean dockerMayAnswer() {
        return System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"))
                || System.getProperty("os.name").startsWith("Windows");
    }

    @SuppressWarnings("resource") // stopped by Testcontainers' own reaper
    private static String startContainer() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:15-alpine");
        container.start();
        return container.getJdbcUrl() + "&user=" + container.getUsername() + "&password=" + container.getPassword();
    }
}
