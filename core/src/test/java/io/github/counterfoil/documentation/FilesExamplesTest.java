package io.github.counterfoil.documentation;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.command.Command;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.desk.AttachmentSweep;
import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.desk.CustomerDesk;
import io.github.counterfoil.spi.AttachmentStore;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of files that the documentation shows: each region here stands there word for word. */
class FilesExamplesTest {
    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final DataSource dataSource = database.connections();

    // region: folder
    record Folder(Path root) implements AttachmentStore {
        public void put(UUID id, InputStream content) throws IOException {
            Files.copy(content, root.resolve(id.toString()));
        }

        public InputStream open(UUID id) throws IOException {
            return Files.newInputStream(root.resolve(id.toString()));
        }

        public void delete(UUID id) throws IOException {
            Files.deleteIfExists(root.resolve(id.toString()));
        }
    }
    // endregion

    @Test
    void a_folder_of_the_hosts(@TempDir Path folder) throws IOException {
        // region: in-folder
        TicketService tickets = TicketService.builder(dataSource)
                .attachments(new Folder(folder)) // of up to 25 MiB each; attachments(store, mostBytes) says otherwise
                .build();
        // endregion
        filesComeAndGo(tickets);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void the_database() throws IOException {
        // region: in-database
        TicketService tickets =
                TicketService.builder(dataSource).attachmentsInDatabase().build();
        // endregion
        filesComeAndGo(tickets);
        assertThat(database.value("select count(distinct attachment_id) from counterfoil.attachment_piece"))
                .isEqualTo("1");
    }

    private void filesComeAndGo(TicketService tickets) throws IOException {
        UUID id = SupportTeam.registered(tickets).ticket();
        CustomerDesk ada = tickets.customer(ADA);
        AgentDesk jane = tickets.agent(JANE);
        InputStream upload = new ByteArrayInputStream(new byte[] {1, 2, 3});
        // region: upload
        Attachments.Attachment photo = ada.on(id).attachments().add("burnt.jpg", "image/jpeg", upload);
        ada.on(id).apply(Command.reply("It looks like this.").with(List.of(photo.id())));
        // endregion

        ByteArrayOutputStream response = new ByteArrayOutputStream();
        // region: open
        Optional<Attachments.Content> found = jane.on(id).attachments().open(photo.id()); // ada's desk gives it, too
        if (found.isPresent()) {
            try (InputStream stream = found.get().stream()) {
                stream.transferTo(response);
            }
        }
        // endregion
        assertThat(response.toByteArray()).containsExactly(1, 2, 3);
        assertThat(ada.on(id).attachments().open(photo.id()))
                .hasValueSatisfying(content -> assertThat(content.attachment()).isEqualTo(photo));

        Attachments.Attachment forgotten =
                ada.on(id).attachments().add("never.jpg", "image/jpeg", InputStream.nullInputStream());
        database.behindTheGuards("update counterfoil.attachment set created_at = created_at - interval '2 days'");
        // region: sweep
        AttachmentSweep.Swept swept;
        do {
            swept = tickets.attachments().sweep(Duration.ofDays(1), 100);
        } while (swept.deleted() > 0);
        // endregion
        assertThat(swept).isEqualTo(new AttachmentSweep.Swept(0, 0));
        assertThat(database.query("select id from counterfoil.attachment"))
                .containsExactly(photo.id().toString());
        assertThat(ada.on(id).attachments().open(forgotten.id())).isEmpty();
    }
}
