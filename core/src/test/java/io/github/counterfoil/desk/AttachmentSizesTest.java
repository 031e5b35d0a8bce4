package io.github.counterfoil.desk;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.Attachments.Attachment;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.spi.AttachmentStore;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How large a file may be, whatever its store says. */
@Tag("storage")
class AttachmentSizesTest {
    private static final int STANDARD = 25 << 20;

    @AutoClose
    private final TestDatabase database = TestDatabase.withSchema();

    private final UUID ticket = SupportTeam.in(database).ticket();

    /** Keeps nothing, and may swallow what the stream throws. */
    private record Nowhere(boolean swallows) implements AttachmentStore {
        @Override
        public void put(UUID id, InputStream content) throws IOException {
            try {
                content.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                if (!swallows) {
                    throw e;
                }
            }
        }

        @Override
        public InputStream open(UUID id) {
            return InputStream.nullInputStream();
        }

        @Override
        public void delete(UUID id) {}
    }

    private TicketService.Builder builder() {
        return TicketService.builder(database.connections());
    }

    private Attachment added(TicketService.Builder by, int length) {
        return by.build()
                .customer(ADA)
                .on(ticket)
                .attachments()
                .add("a", "a/b", new ByteArrayInputStream(new byte[length]));
    }

    private void assertMost(TicketService.Builder by, int most) {
        assertThat(added(by, most).size()).isEqualTo(most);
        assertThatThrownBy(() -> added(by, most + 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("content.too_large");
    }

    @Test
    void a_file_may_be_as_large_as_mail_systems_take_unless_the_host_says_otherwise() {
        assertMost(builder().attachments(new Nowhere(false)), STANDARD);
        assertMost(builder().attachments(new Nowhere(false), STANDARD + 1), STANDARD + 1);
        assertMost(builder().attachmentsInDatabase(300_000), 300_000);
    }

    @Test
    void a_store_that_swallows_what_the_stream_throws_gets_no_larger_file_in() {
        assertMost(builder().attachments(new Nowhere(true), 10), 10);
    }

    @Test
    void a_limit_below_one_byte_is_none() {
        assertThatThrownBy(() -> builder().attachmentsInDatabase(0)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> builder().attachments(new Nowhere(false), 0)).isInstanceOf(InvalidInput.class);
    }
}
