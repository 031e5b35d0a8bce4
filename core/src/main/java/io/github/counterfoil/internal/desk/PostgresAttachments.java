package io.github.counterfoil.internal.desk;

import static io.github.counterfoil.internal.jooq.Tables.ADD_ATTACHMENT;
import static io.github.counterfoil.internal.jooq.Tables.COMPLETE_ATTACHMENT;

import io.github.counterfoil.desk.Attachments;
import io.github.counterfoil.error.CounterfoilException;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.error.TicketNotFound;
import io.github.counterfoil.event.Role;
import io.github.counterfoil.internal.access.Access;
import io.github.counterfoil.internal.access.Actor;
import io.github.counterfoil.internal.command.KeptFiles;
import io.github.counterfoil.internal.command.ServiceContext;
import io.github.counterfoil.internal.database.SqlText;
import io.github.counterfoil.internal.event.AttachmentRepository;
import io.github.counterfoil.internal.given.Given;
import io.github.counterfoil.internal.jooq.tables.records.AddAttachmentRecord;
import io.github.counterfoil.internal.refusal.Refused;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.TextRules;
import io.github.counterfoil.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A row first, then the store, then the row again: whatever is cut off, no bytes are left that no row tells of. */
final class PostgresAttachments implements Attachments {
    private final ServiceContext context;
    private final Actor actor;
    private final UUID ticketId;

    PostgresAttachments(ServiceContext context, Actor actor, UUID ticketId) {
        this.context = context;
        this.actor = actor;
        this.ticketId = ticketId;
    }

    private record OpenText(Role side) {}

    @Override
    public Attachment add(String name, String type, InputStream content) {
        Faults faults = new Faults();
        faults.add("name", TextRules.fileName(name));
        faults.add("type", TextRules.mediaType(type));
        faults.require("content", content);
        faults.throwIfAny();
        KeptFiles files = context.keptFiles();
        UUID id = UUID.randomUUID();
        begin(files, id, name, type);
        MeasuredStream measured = new MeasuredStream(content, files.mostBytes());
        put(files, id, measured);
        Attachment added = new Attachment(id, name, type, measured.size(), measured.sha256());
        boolean completed = context.database()
                .write((dsl, frame) -> dsl.fetchSingle(
                        COMPLETE_ATTACHMENT(id, added.size(), added.sha256(), frame.patience(), frame.durable())))
                .getCompleted();
        if (!completed) {
            KeptFiles.deleted(files.store(context.database()), id);
            throw new TicketNotFound(ticketId);
        }
        return added;
    }

    private void begin(KeptFiles files, UUID id, String name, String type) {
        Instant now = context.now();
        AddAttachmentRecord row = context.database().write((dsl, frame) -> {
            files.requireOutside(frame);
            return dsl.fetchSingle(ADD_ATTACHMENT(
                    id,
                    ticketId,
                    actor.id(),
                    actor.role().wireName(),
                    name,
                    type,
                    now,
                    frame.patience(),
                    frame.durable()));
        });
        Refused refused = Refused.of(row.getRefusal(), row.getSubject());
        if (refused != null) {
            throw context.refusal(actor, refused);
        }
    }

    private void put(KeptFiles files, UUID id, MeasuredStream content) {
        try {
            files.store(context.database()).put(id, content);
            if (content.read() >= 0) {
                throw new IOException("the store did not read to the end");
            }
        } catch (IOException | RuntimeException e) {
            if (content.isTooLarge()) {
                throw new InvalidInput("content", "too_large", files.mostBytes());
            }
            throw failed(e);
        }
    }

    /** Whatever a host's store throws comes to callers in one way, and what the database says as it does elsewhere. */
    private static RuntimeException failed(Exception e) {
        if (e instanceof UncheckedIOException || e instanceof CounterfoilException) {
            return (RuntimeException) e;
        }
        return new UncheckedIOException(e instanceof IOException failure ? failure : new IOException(e));
    }

    @Override
    public Optional<Content> open(UUID attachmentId) {
        Given.value("attachment_id", attachmentId);
        KeptFiles files = context.keptFiles();
        Access access = context.access(actor);
        SqlText sql = context.database().text(new OpenText(actor.role()), () -> AttachmentRepository.query(access));
        Map<String, Object> values = access.values();
        values.put(AttachmentRepository.TICKET_ID, ticketId);
        values.put(AttachmentRepository.ATTACHMENT_ID, attachmentId);
        Optional<Attachment> found = context.database().reads(reads -> {
            Optional<Attachment> named = reads.read(
                    sql,
                    values,
                    rows -> rows.next() ? named(attachmentId, JsonValue.parse(rows.text())) : Optional.empty());
            if (named.isEmpty()) {
                access.requireActor(context.database(), reads);
            }
            return named;
        });
        return found.map(attachment -> opened(files, attachment));
    }

    private Content opened(KeptFiles files, Attachment found) {
        try {
            InputStream content = files.store(context.database()).open(found.id());
            return new Content(found, Objects.requireNonNull(content, "what the attachment store opened"));
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    /** What the message says of it. */
    private static Optional<Attachment> named(UUID id, JsonValue attachments) {
        return attachments.elements().stream()
                .map(JsonValue::members)
                .filter(one -> JsonValue.of(id.toString()).equals(one.get("id")))
                .findFirst()
                .map(one -> new Attachment(
                        id,
                        member(one, "name").string(),
                        member(one, "type").string(),
                        member(one, "size").number().longValue(),
                        member(one, "sha256").string()));
    }

    private static JsonValue member(Map<String, JsonValue> one, String name) {
        return Objects.requireNonNull(one.get(name));
    }

    /** Tells nothing of what people typed. */
    @Override
    public String toString() {
        return "PostgresAttachments";
    }
}
