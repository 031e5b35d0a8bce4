package io.github.counterfoil.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentHandle;
import io.github.counterfoil.event.CustomEventType;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.people.NewWorker;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit finds what leaks in each of the ways that its page names. */
@ExtendWith(Chance.class)
class NamedLeaksTest {
    private static final UUID SYSTEM = UUID.fromString("00000000-0000-4000-8000-0000000000ff");
    private static final CustomEventType ESCALATED =
            CustomEventType.publicType("escalated", 1).showing("level");

    @TempDir
    private static Path files;

    private static LeakReport report;

    /** One run for all: each function is searched for itself. */
    @BeforeAll
    static void play() {
        try (TestDatabase database = TestDatabase.withSchema()) {
            TicketService tickets = TicketService.builder(database.connections())
                    .eventType(ESCALATED)
                    .build();
            tickets.people().registerWorker(NewWorker.of(SYSTEM, "system@example.com", "System", "Account"));
            LeakKit kit =
                    LeakKit.on(tickets).eventTypes(ESCALATED).operations(10).seed(Chance.seed());
            named().forEach(kit::function);
            further().forEach(kit::function);
            report = kit.run();
        }
    }

    /** The 26 of the page. */
    private static Map<String, CustomerFunction> named() {
        Map<String, CustomerFunction> leaks = new LinkedHashMap<>();
        leaks.put("gzip", ofNote(note -> gzip(bytes(note))));
        leaks.put(
                "Base64 inside a token",
                ofNote(note -> "eyJhbGciOiJIUzI1NiJ9." + urlSafe(bytes("{\"n\":1,\"note\":\"" + note + "\"}"))
                        + ".c2lnbmF0dXJl"));
        leaks.put(
                "URL-safe Base64 without padding",
                ofNote(note -> "https://example.com/t?s=" + urlSafe(bytes("ÿ" + note)) + "&v=2"));
        leaks.put("Base64 after other letters", ofNote(note -> "statex" + base64(bytes(note)) + "end"));
        leaks.put("hexadecimal", ofNote(note -> "\\x" + HexFormat.of().formatHex(bytes(note))));
        leaks.put(
                "MIME Base64",
                ofNote(note -> "Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder(20, bytes("\r\n")).encodeToString(bytes(note)) + "\r\n--end"));
        leaks.put(
                "a data: address",
                ofNote(note -> "<img src=\"data:text/plain;charset=utf-8;base64," + base64(bytes(note)) + "\">"));
        leaks.put("UTF-16, large end first", ofNote(note -> note.getBytes(StandardCharsets.UTF_16BE)));
        leaks.put("UTF-16, small end first", ofNote(note -> note.getBytes(StandardCharsets.UTF_16LE)));
        leaks.put("quoted-printable", ofNote(NamedLeaksTest::quotedPrintable));
        leaks.put("percent-encoding", ofNote(note -> "mailto:?body=" + each(note, "%%%02X")));
        leaks.put("HTML's entities", ofNote(note -> "<p>" + each(note, "&#%d;") + "</p>"));
        leaks.put("JSON's escapes", ofNote(note -> "{\"t\": \"" + each(note, "\\u%04x") + "\"}"));
        leaks.put("an InputStream", ofNote(note -> new ByteArrayInputStream(bytes(note))));
        leaks.put("a Reader", ofNote(StringReader::new));
        leaks.put("a ByteBuffer", ofNote(note -> ByteBuffer.wrap(bytes(note)).asReadOnlyBuffer()));
        leaks.put("a CharBuffer", ofNote(note -> CharBuffer.wrap(note).position(note.length())));
        leaks.put("char[]", ofNote(String::toCharArray));
        leaks.put("byte[]", ofNote(NamedLeaksTest::bytes));
        leaks.put("a future", ofNote(CompletableFuture::completedFuture));
        leaks.put("a reference", ofNote(note -> new AtomicReference<>(Optional.of(bytes(note)))));
        leaks.put("a Supplier", ofNote(note -> (Supplier<byte[]>) () -> bytes(note)));
        leaks.put("a Map.Entry", ofNote(note -> Map.entry("note", bytes(note))));
        leaks.put("30 characters of the newest event", (tickets, customer, ticket) -> preview(staff(tickets, ticket)));
        leaks.put(
                "an agent's id",
                (tickets, customer, ticket) ->
                        staff(tickets, ticket).history(PageRequest.oldestFirst(5)).items().stream()
                                .filter(event -> !event.author().id().equals(customer))
                                .map(event ->
                                        "<img src=/faces/" + event.author().id() + ".png>")
                                .toList());
        leaks.put(
                "the staff's version in an ETag",
                (tickets, customer, ticket) ->
                        Map.of("ETag", "W/\"v" + staff(tickets, ticket).ticket().version() + "\""));
        return leaks;
    }

    /** One inside another, and what is not on the list. */
    private static Map<String, CustomerFunction> further() {
        Map<String, CustomerFunction> leaks = new LinkedHashMap<>();
        leaks.put("gzip in Base64", ofNote(note -> base64(gzip(bytes(note)))));
        leaks.put(
                "gzip in MIME Base64 in JSON",
                ofNote(note -> "{\"a\":\""
                        + Base64.getMimeEncoder()
                                .encodeToString(gzip(bytes(note)))
                                .replace("\r\n", "\\r\\n") + "\"}"));
        leaks.put(
                "UTF-16 in hexadecimal",
                ofNote(note -> HexFormat.ofDelimiter(":").formatHex(note.getBytes(StandardCharsets.UTF_16))));
        leaks.put(
                "Base64 in Base64 in percent-encoding",
                ofNote(note -> each(base64(bytes(base64(bytes(note)))), "%%%02x")));
        leaks.put("a stream of a PDF", ofNote(note -> pdf(bytes(note))));
        leaks.put(
                "a ZIP in a stream in a future",
                ofNote(note -> CompletableFuture.completedFuture(new ByteArrayInputStream(zip(bytes(note))))));
        leaks.put("a file", ofNote(NamedLeaksTest::file));
        leaks.put("an exception of SQL", ofNote(note -> {
            SQLException first = new SQLException("failed");
            first.setNextException(new SQLException(note));
            return first;
        }));
        leaks.put(
                "characters one by one",
                ofNote(note -> note.chars().mapToObj(c -> (char) c).collect(Collectors.toList())));
        leaks.put("a stream of values", ofNote(note -> Stream.of(note.getBytes(StandardCharsets.UTF_8))));
        leaks.put("the last 30 characters", ofNote(note -> "…" + note.substring(note.length() - 30)));
        leaks.put(
                "attachments",
                (tickets, customer, ticket) -> messages(tickets, ticket)
                        .flatMap(message -> message.attachments().stream())
                        .map(attachment -> attachment.text())
                        .toList());
        leaks.put(
                "bodies",
                (tickets, customer, ticket) -> events(tickets, ticket)
                        .filter(TicketEvent.CustomEvent.class::isInstance)
                        .map(event -> ((TicketEvent.CustomEvent) event).body().text())
                        .toList());
        leaks.put(
                "who wrote last",
                (tickets, customer, ticket) -> events(tickets, ticket)
                        .map(event -> event.author().lastName())
                        .findFirst());
        return leaks;
    }

    static Set<String> leaks() {
        return Stream.concat(named().keySet().stream(), further().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void a_leak_is_found_in(String name) {
        assertThat(secrets(name)).isNotEmpty();
        assertThat(report.unsearched()).isEmpty();
    }

    @Test
    void each_is_found_as_what_it_is() {
        assertThat(named()).hasSize(26);
        assertThat(secrets("gzip in Base64")).contains("a note");
        assertThat(secrets("30 characters of the newest event")).contains("a note");
        assertThat(secrets("an agent's id")).contains("the id of an agent");
        assertThat(secrets("the staff's version in an ETag")).containsOnly("the version of the staff's ticket");
        assertThat(secrets("attachments"))
                .contains(
                        "the private part of an attachment",
                        "an attachment of a private message",
                        "an attachment of another customer's ticket");
        assertThat(secrets("bodies")).contains("a member that is not shown", "the name of a member that is not shown");
        assertThat(secrets("who wrote last")).contains("the name of an agent who writes only notes");
    }

    private static List<String> secrets(String function) {
        return report.leaks().stream()
                .filter(leak -> leak.function().equals(function))
                .map(Leak::secret)
                .toList();
    }

    private static AgentHandle staff(TicketService tickets, UUID ticketId) {
        return tickets.agent(SYSTEM).on(ticketId);
    }

    private static Stream<TicketEvent> events(TicketService tickets, UUID ticketId) {
        return staff(tickets, ticketId).history(PageRequest.newestFirst(30)).items().stream();
    }

    private static Stream<TicketEvent.Message> messages(TicketService tickets, UUID ticketId) {
        return events(tickets, ticketId)
                .filter(TicketEvent.Message.class::isInstance)
                .map(TicketEvent.Message.class::cast);
    }

    private static String preview(AgentHandle ticket) {
        TicketEvent newest = ticket.history(PageRequest.newestFirst(1)).items().get(0);
        String text = newest instanceof TicketEvent.NoteAdded note
                ? note.content()
                : newest instanceof TicketEvent.Message message ? message.content() : newest.type();
        return text.length() <= 30 ? text : text.substring(0, 30) + "…";
    }

    /** What the newest note says, in some form. */
    private static CustomerFunction ofNote(Function<String, Object> form) {
        return (tickets, customer, ticket) -> events(tickets, ticket)
                .filter(TicketEvent.NoteAdded.class::isInstance)
                .map(event -> ((TicketEvent.NoteAdded) event).content())
                .findFirst()
                .map(form)
                .orElse(null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String urlSafe(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String each(String text, String format) {
        return text.chars().mapToObj(c -> String.format(format, c)).collect(Collectors.joining());
    }

    private static String quotedPrintable(String text) {
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); at += 7) {
            lines.add(each(text.substring(at, at + 1), "=%02X")
                    + text.substring(at + 1, Math.min(at + 7, text.length())));
        }
        return String.join("=\r\n", lines);
    }

    private interface Packing {
        OutputStream on(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] bytes, Packing packing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = packing.on(out)) {
            packed.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        return packed(bytes, GZIPOutputStream::new);
    }

    private static byte[] zip(byte[] bytes) {
        return packed(bytes, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            return zip;
        });
    }

    private static byte[] pdf(byte[] bytes) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        pdf.writeBytes(bytes("%PDF-1.7\n4 0 obj << /Filter /FlateDecode >> stream\n"));
        pdf.writeBytes(packed(bytes, DeflaterOutputStream::new));
        pdf.writeBytes(bytes("\nendstream"));
        return pdf.toByteArray();
    }

    private static Path file(String text) {
        try {
            return Files.writeString(Files.createTempFile(files, "export", ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
