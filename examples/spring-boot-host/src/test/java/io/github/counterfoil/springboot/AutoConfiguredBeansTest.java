package io.github.counterfoil.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.embedded.EmbeddedPostgresql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The beans of an application that uses no Counterfoil. Run first where it is not on the class path, which writes them down,
 * and then where it is.
 */
class AutoConfiguredBeansTest {
    private static final Path BEANS_OF_HOST_ALONE = Path.of("target", "beans-of-host-alone.txt");

    private static final String JOOQ = "org.springframework.boot.autoconfigure.jooq.JooqAutoConfiguration";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class BareApplication {}

    @Test
    void the_beans_are_those_of_the_host_alone_once_jooqs_are_excluded_where_spring_boot_makes_them()
            throws IOException {
        boolean alone =
                AutoConfiguredBeansTest.class.getClassLoader().getResource("io/github/counterfoil/TicketService.class")
                        == null;
        try (EmbeddedPostgresql postgresql = EmbeddedPostgresql.startInMemory()) {
            if (alone) {
                Files.write(BEANS_OF_HOST_ALONE, beans(postgresql));
                return;
            }
            List<String> before = Files.readAllLines(BEANS_OF_HOST_ALONE);
            List<String> added = without(before, beans(postgresql));
            System.out.println(
                    "Spring Boot " + SpringBootVersion.getVersion() + ": beans because of Counterfoil: " + added);
            if (SpringBootVersion.getVersion().startsWith("3.")) {
                assertThat(added).contains("dslContext");
                added = without(before, beans(postgresql, "--spring.autoconfigure.exclude=" + JOOQ));
            }
            assertThat(added).isEmpty();
        }
    }

    private static List<String> beans(EmbeddedPostgresql postgresql, String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(BareApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("spring.datasource.url=" + postgresql.jdbcUrl(), "spring.jpa.hibernate.ddl-auto=create")
                .run(arguments)) {
            return Arrays.stream(context.getBeanDefinitionNames()).sorted().toList();
        }
    }

    private static List<String> without(List<String> before, List<String> after) {
        TreeSet<String> added = new TreeSet<>(after);
        before.forEach(added::remove);
        return List.copyOf(added);
    }
}
