package io.github.counterfoil.search;

import static io.github.counterfoil.testing.SupportTeam.ADA;
import static io.github.counterfoil.testing.SupportTeam.JANE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.counterfoil.TicketService;
import io.github.counterfoil.desk.AgentDesk;
import io.github.counterfoil.json.JsonValue;
import io.github.counterfoil.page.PageRequest;
import io.github.counterfoil.testing.Chance;
import io.github.counterfoil.testing.SupportTeam;
import io.github.counterfoil.testing.TestDatabase;
import io.github.counterfoil.ticket.CleanText;
import io.github.counterfoil.ticket.NewTicket;
import io.github.counterfoil.ticket.TicketQuery;
import io.github.counterfoil.ticket.TicketQuery.Sort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who knows some words of a ticket finds it: among texts made up for this or, with {@code -Dcounterfoil.known.items}, among the threads in a
 * folder of real ones.
 */
@Tag("storage")
@ExtendWith(Chance.class)
class KnownItemsTest {
    private static final Path THREADS = Path.of(System.getProperty("counterfoil.known.items", "nowhere"));
    private static final PageRequest FIRST = PageRequest.newestFirst(50);
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}]*");
    private static final Pattern SENTENCE =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー]{4,}|[\\p{IsThai}]{8,}");

    /** A line each: title and texts. */
    private static final String INVENTED = """
            Printer prints only blank pages | <p>Since the update every page is blank.</p> | Which update was that?
            Cannot send invoices as attachments | Sending fails with error E-4711.
            Drucker meldet Papierstau ohne Papier | Der Fehler kommt nach jedem Neustart. | Bitte Klappe öffnen.
            La stampante non trova il foglio | Dopo l'aggiornamento non stampa più.
            Tiskárna hlásí chybějící inkoust | Inkoust je přitom nový.
            A nyomtató nem húzza be a lapot | Minden második lapnál elakad.
            Tulostin tulostaa vain tyhjiä sivuja | Päivityksen jälkeen mikään ei toimi.
            Yazıcı kağıdı ısrarla görmüyor | Güncellemeden sonra başladı. İyi günler.
            Tiskalnik ne najde črnila | Kartuša je nova.
            A impressora não reconhece o cartucho | Já reiniciei várias vezes.
            La impresora no reconoce señales | ¿Qué más puedo intentar?
            プリンターの用紙が詰まりました | 印刷を開始すると、二枚目の用紙が必ず詰まります。電源を入れ直しても直りません。
            打印机无法识别墨盒 | 更换新的墨盒以后，打印机仍然提示墨盒不存在，请帮忙处理。
            เครื่องพิมพ์ไม่ดึงกระดาษ | หลังจากอัปเดตแล้วเครื่องพิมพ์ไม่ดึงกระดาษจากถาดล่าง
            """;

    private static final Random RANDOM = Chance.random();
    private static final Map<UUID, Item> ITEMS = new HashMap<>();
    private static TestDatabase database;
    private static AgentDesk jane;

    private record Item(String title, List<String> texts) {
        Set<String> words() {
            Set<String> words = new HashSet<>(KnownItemsTest.words(title));
            texts.forEach(text -> words.addAll(KnownItemsTest.words(text)));
            return words;
        }
    }

    @BeforeAll
    static void fill() throws IOException {
        database = TestDatabase.withSchema();
        TicketService tickets =
                TicketService.builder(database.connections()).searchable().build();
        SupportTeam.registered(tickets);
        jane = tickets.agent(JANE);
        for (Item item : Files.exists(THREADS) ? real() : invented()) {
            List<String> texts = item.texts();
            UUID id = tickets.customer(ADA)
                    .open(NewTicket.of(item.title(), texts.get(0)))
                    .id();
            texts.subList(1, texts.size()).forEach(text -> jane.on(id).reply(text));
            ITEMS.put(id, item);
        }
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static List<Item> invented() {
        return INVENTED.lines()
                .map(line -> List.of(line.split(" \\| ")))
                .map(parts -> new Item(parts.get(0), parts.subList(1, parts.size())))
                .toList();
    }

    private static List<Item> real() throws IOException {
        List<Item> items = new ArrayList<>();
        for (JsonValue thread : lines("threads_2023_dev.jsonl.gz")) {
            List<String> texts = new ArrayList<>(List.of(text(thread, "content")));
            thread.members().get("answers").elements().forEach(answer -> texts.add(text(answer, "content")));
            items.add(new Item(CleanText.title(text(thread, "title"), "None"), texts));
        }
        for (JsonValue hard : lines("hard_text_dev.jsonl.gz")) {
            items.add(new Item(CleanText.title(text(hard, "title"), "None"), List.of(text(hard, "body"))));
        }
        return items;
    }

    private static String text(JsonValue object, String member) {
        return CleanText.body(object.members().get(member).string(), "None");
    }

    private static List<JsonValue> lines(String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(THREADS.resolve(name))), StandardCharsets.UTF_8))) {
            return lines.lines().map(JsonValue::parse).toList();
        }
    }

    private static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void the_three_rarest_words_of_a_title_find_their_ticket_on_the_first_page() {
        Map<String, Integer> tickets = new HashMap<>();
        ITEMS.values().forEach(item -> item.words().forEach(word -> tickets.merge(word, 1, Integer::sum)));
        int asked = 0;
        int found = 0;
        for (Map.Entry<UUID, Item> item : ITEMS.entrySet()) {
            List<String> words = words(item.getValue().title()).stream()
                    .distinct()
                    .sorted(Comparator.comparing(tickets::get))
                    .limit(3)
                    .toList();
            if (!words.isEmpty()) {
                asked++;
                found += finds(String.join(" ", words), item.getKey()) ? 1 : 0;
            }
        }
        System.out.println("known items: " + found + " of " + asked + " found by three words of the title");
        assertThat(asked).isGreaterThanOrEqualTo(14);
        assertThat(found * 100).isGreaterThanOrEqualTo(asked * 95);
    }

    @Test
    void a_word_inside_a_sentence_without_blanks_finds_its_ticket() {
        int asked = 0;
        int found = 0;
        for (Map.Entry<UUID, Item> item : ITEMS.entrySet()) {
            List<String> words = new ArrayList<>();
            item.getValue()
                    .texts()
                    .forEach(text -> SENTENCE.matcher(text).results().forEach(one -> addWords(one.group(), words)));
            for (int i = 0; i < 5 && !words.isEmpty(); i++) {
                asked++;
                found += finds(words.remove(RANDOM.nextInt(words.size())), item.getKey()) ? 1 : 0;
            }
        }
        System.out.println("known items: " + found + " of " + asked + " found by a word inside a sentence");
        assertThat(asked).isGreaterThanOrEqualTo(10);
        assertThat(found * 100).isGreaterThanOrEqualTo(asked * 90);
    }

    /** As Java divides the sentence, which is not how it is searched. */
    private static void addWords(String sentence, List<String> words) {
        boolean thai = Character.UnicodeScript.of(sentence.charAt(0)) == Character.UnicodeScript.THAI;
        BreakIterator breaks = BreakIterator.getWordInstance(Locale.forLanguageTag(thai ? "th" : "ja"));
        breaks.setText(sentence);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (end - start >= 2) {
                words.add(sentence.substring(start, end));
            }
            start = end;
        }
    }

    private static boolean finds(String text, UUID id) {
        TicketQuery query = TicketQuery.all().matching(text).sort(Sort.RELEVANCE);
        return jane.find(query, FIRST).items().stream().anyMatch(one -> one.id().equals(id));
    }
}
