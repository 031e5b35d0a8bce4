package io.github.counterfoil.webdesk.files;

import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.Page;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.webdesk.shown.FileLink;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a message says of a file: both sides see it, and the id alone opens nothing. */
public record Attachment(UUID id, String name, long bytes) {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    JsonValue json() {
        return JsonValue.ofObject(
                Map.of("id", JsonValue.of(id.toString()), "name", JsonValue.of(name), "bytes", JsonValue.of(bytes)));
    }

    /** Empty for what is none of this host's: what was redacted or imported, say. */
    public static Optional<Attachment> of(JsonValue attachment) {
        Map<String, JsonValue> members = attachment.kind() == JsonValue.Kind.OBJECT ? attachment.members() : Map.of();
        JsonValue id = members.get("id");
        JsonValue name = members.get("name");
        JsonValue bytes = members.get("bytes");
        boolean ours = is(id, JsonValue.Kind.STRING)
                && is(name, JsonValue.Kind.STRING)
                && is(bytes, JsonValue.Kind.NUMBER)
                && UUID_TEXT.matcher(id.string()).matches();
        return ours
                ? Optional.of(new Attachment(
                        UUID.fromString(id.string()),
                        name.string(),
                        bytes.number().longValue()))
                : Optional.empty();
    }

    private static boolean is(@Nullable JsonValue value, JsonValue.Kind kind) {
        return value != null && value.kind() == kind;
    }

    /** @param ticket the address of the ticket's page */
    public static List<FileLink> links(String ticket, List<JsonValue> attachments) {
        return attachments.stream()
                .map(json -> of(json).map(file -> new FileLink(file.name, file.size(), ticket + "/files/" + file.id))
                        .orElse(new FileLink("A file that was taken out", "", null)))
                .toList();
    }

    private String size() {
        return bytes < 1024
                ? bytes + " bytes"
                : String.format(
                        Locale.ENGLISH,
                        bytes < 1024 * 1024 ? "%.0f kB" : "%.1f MB",
                        bytes < 1024 * 1024 ? bytes / 1024.0 : bytes / 1024.0 / 1024);
    }

    // region: attached
    /** The file, if it hangs at a message that this history shows: whoever cannot read the message gets no file. */
    public static <E> Optional<Attachment> in(
            Function<PageRequest, Page<E>> history, Function<E, List<JsonValue>> attachments, UUID fileId) {
        Optional<PageRequest> request = Optional.of(PageRequest.newestFirst(200));
        while (request.isPresent()) {
            Page<E> page = history.apply(request.get());
            for (E event : page.items()) {
                for (JsonValue attachment : attachments.apply(event)) {
                    Optional<Attachment> file = of(attachment).filter(found -> found.id.equals(fileId));
                    if (file.isPresent()) {
                        return file;
                    }
                }
            }
            PageRequest asked = request.get();
            request = page.next().map(asked::after);
        }
        return Optional.empty();
    }
    // endregion
}
