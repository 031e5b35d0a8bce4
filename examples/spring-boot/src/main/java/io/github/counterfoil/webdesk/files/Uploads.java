package io.github.counterfoil.webdesk.files;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.ticket.CleanText;
import io.github.counterfoil.webdesk.WebDeskSettings;
import io.github.counterfoil.webdesk.accounts.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.DigestUtils;
import org.springframework.web.multipart.MultipartFile;

/** Keeps files in a folder, and in a table of the host's own which ticket they belong to and who sent them. */
@Service
public class Uploads {
    private static final long MOST_BYTES = 10L << 20;
    private static final long MOST_BYTES_TOGETHER = 25L << 20;

    private final JdbcClient jdbc;
    private final Path folder;

    Uploads(JdbcClient jdbc, WebDeskSettings settings) throws IOException {
        this.jdbc = jdbc;
        this.folder = settings.files() == null
                ? Files.createTempDirectory("counterfoil-web-desk-files")
                : Files.createDirectories(Path.of(settings.files()));
    }

    // region: transactional
    /**
     * A reply and the rows of its files: all of them are stored, or nothing. A file whose row was not stored is nobody's, and
     * is stored under the same name if the same form is sent again.
     *
     * @param files null where the form has none
     * @param reply what Counterfoil is asked for: it joins the transaction by itself
     */
    @Transactional
    public <R> R with(
            @Nullable List<MultipartFile> files,
            UUID ticketId,
            Account sender,
            UUID commandId,
            Function<List<JsonValue>, R> reply) {
        List<JsonValue> attachments = new ArrayList<>();
        for (MultipartFile file : within(files)) {
            if (file.getOriginalFilename() != null
                    && !file.getOriginalFilename().isEmpty()) { // else none was chosen
                Attachment attachment = store(file, commandId);
                jdbc.sql("""
                                insert into upload (id, ticket_id, account_id, name, bytes)
                                values (:id, :ticket, :account, :name, :bytes) on conflict (id) do nothing""")
                        .param("id", attachment.id())
                        .param("ticket", ticketId)
                        .param("account", sender.id())
                        .param("name", attachment.name())
                        .param("bytes", attachment.bytes())
                        .update();
                attachments.add(attachment.json());
            }
        }
        return reply.apply(attachments);
    }
    // endregion

    private static List<MultipartFile> within(@Nullable List<MultipartFile> files) {
        List<MultipartFile> given = files == null ? List.of() : files;
        long together = given.stream().mapToLong(MultipartFile::getSize).sum();
        boolean large = given.stream().anyMatch(file -> file.getSize() > MOST_BYTES);
        if (large || together > MOST_BYTES_TOGETHER) {
            throw new InvalidInput("files", "too_large", large ? MOST_BYTES : MOST_BYTES_TOGETHER);
        }
        return given;
    }

    /** The id follows from the command and the content, so that the same form sent again is the same command. */
    private Attachment store(MultipartFile file, UUID commandId) {
        try {
            byte[] bytes = file.getBytes();
            String name = CleanText.title(file.getOriginalFilename(), "file");
            String content = commandId + name + DigestUtils.md5DigestAsHex(bytes);
            UUID id = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
            Path arriving = Files.createTempFile(folder, "arriving", "");
            Files.write(arriving, bytes);
            Files.move(arriving, folder.resolve(id.toString()), StandardCopyOption.ATOMIC_MOVE);
            return new Attachment(id, name, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file to be saved, and never to be shown among the desk's own pages. */
    public ResponseEntity<Resource> download(Attachment file) {
        Path stored = folder.resolve(file.id().toString());
        if (!Files.exists(stored)) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new FileSystemResource(stored));
    }
}
