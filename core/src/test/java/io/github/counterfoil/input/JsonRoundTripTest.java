package io.github.counterfoil.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.internal.event.EventTypes;
import io.github.counterfoil.json.AsJson;
import io.github.counterfoil.json.JsonValue;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every value that the module exports, as JSON by itself, by Jackson 2 and by Jackson 3: the same out, and equal in again. */
class JsonRoundTripTest {
    private static final List<ObjectMapper> JACKSON_2 = List.of(
            new ObjectMapper(),
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .setPropertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                    .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                    .enable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS),
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(SerializationFeature.INDENT_OUTPUT));

    private static final List<JsonMapper> JACKSON_3 = List.of(
            JsonMapper.builder().build(),
            JsonMapper.builder()
                    .propertyNamingStrategy(tools.jackson.databind.PropertyNamingStrategies.UPPER_CAMEL_CASE)
                    .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_EMPTY)
                            .withContentInclusion(JsonInclude.Include.NON_EMPTY))
                    .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build());

    static List<Class<?>> types() {
        return JsonSamples.types();
    }

    /** Those that are read, but for one that comes back as another. */
    static Stream<Class<?>> readTypes() {
        return types().stream().filter(type -> reader(type).isPresent() && type != TicketEvent.UnknownEvent.class);
    }

    @ParameterizedTest
    @MethodSource("types")
    void jackson_2_and_3_write_what_a_value_says_itself(Class<?> type) throws IOException {
        for (AsJson value : JsonSamples.of(type)) {
            JsonValue json = value.json();
            for (ObjectMapper mapper : JACKSON_2) {
                assertThat(JsonValue.parse(mapper.writeValueAsString(value))).isEqualTo(json);
                assertThat(JsonValue.parse(mapper.writeValueAsString(Map.of("in", List.of(value)))))
                        .isEqualTo(in(json));
            }
            for (JsonMapper mapper : JACKSON_3) {
                assertThat(JsonValue.parse(mapper.writeValueAsString(value))).isEqualTo(json);
                assertThat(JsonValue.parse(mapper.writeValueAsString(Map.of("in", List.of(value)))))
                        .isEqualTo(in(json));
            }
            assertThat(value.toString()).doesNotContain("example.com");
        }
    }

    @ParameterizedTest
    @MethodSource("readTypes")
    void what_was_written_comes_back_equal(Class<?> type) throws IOException {
        for (AsJson value : JsonSamples.of(type)) {
            String text = value.json().text();
            if (reader(type).get() instanceof Method method) {
                assertThat(read(method, value.json())).isEqualTo(value);
            }
            for (ObjectMapper mapper : JACKSON_2) {
                assertThat(mapper.readValue(text, type)).isEqualTo(value);
                assertThat(mapper.readValue(mapper.writeValueAsBytes(value), type))
                        .isEqualTo(value);
                assertThat(mapper.convertValue(value, type)).isEqualTo(value);
            }
            for (JsonMapper mapper : JACKSON_3) {
                assertThat((Object) mapper.readValue(text, type)).isEqualTo(value);
                assertThat((Object) mapper.readValue(mapper.writeValueAsBytes(value), type))
                        .isEqualTo(value);
                assertThat((Object) mapper.convertValue(value, type)).isEqualTo(value);
            }
        }
    }

    @Test
    void what_hosts_hand_over_is_read() {
        assertThat(types().stream()
                        .filter(type -> reader(type).isEmpty() && !type.isEnum())
                        .map(type -> type.getName().replaceFirst(".*\\.", ""))
                        .map(name -> name.replaceFirst("^(CustomerEvent|Change|CustomerChange)\\$.*", "$1\\$…"))
                        .distinct()
                        .sorted())
                .as("written and not read")
                .containsExactly(
                        "AdminDesk$Erased",
                        "AdminDesk$Purged",
                        "AttachmentSweep$Swept",
                        "Attachments$Attachment",
                        "Author",
                        "BulkCommands$Result",
                        "CallObserver$Call",
                        "CallObserver$End",
                        "Change$…",
                        "ChangeFeed$Batch",
                        "ChangeFeed$Lag",
                        "ChangeFeed$Pulled",
                        "CommandResult",
                        "Customer",
                        "CustomerChange$…",
                        "CustomerEvent$…",
                        "CustomerTicket",
                        "CustomerTicket$Feedback",
                        "CustomerTicketSummary",
                        "CustomerTicketSummary$Written",
                        "Documents$AdoptionReport",
                        "Figures$Day",
                        "Fragment",
                        "Fragment$Highlight",
                        "Imports$Report",
                        "Imports$Report$Fault",
                        "Page",
                        "Participants",
                        "Participants$Follower",
                        "Participants$Participant",
                        "Redactions$Report",
                        "Reference$Place",
                        "Schema$SqlFile",
                        "Ticket",
                        "Ticket$Assignee",
                        "TicketEvent$Header",
                        "TicketQuery$Count",
                        "TicketQuery$Span",
                        "TicketSnapshot",
                        "TicketSummary",
                        "TicketSummary$Requester",
                        "TicketSummary$Written",
                        "TicketWithHistory",
                        "VerificationReport",
                        "VerificationReport$Discrepancy",
                        "Worker",
                        "Worker$Figures",
                        "Worker$Listed");
    }

    private static JsonValue in(JsonValue json) {
        return JsonValue.ofObject(Map.of("in", JsonValue.ofArray(List.of(json))));
    }

    /** The method, or that it is read without one. */
    private static Optional<Object> reader(Class<?> type) {
        if (type.isEnum() || type == JsonValue.class) {
            return Optional.of(type);
        }
        return Stream.concat(Stream.of(type), Arrays.stream(type.getInterfaces()))
                .flatMap(one -> Stream.of(one.getDeclaredMethods()))
                .filter(method -> method.getName().equals("fromJson"))
                .findFirst()
                .map(Object.class::cast);
    }

    private static Object read(Method method, JsonValue json) {
        try {
            return method.invoke(null, json);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_customers_event_is_read_from_nothing() {
        String note = JsonSamples.event(TicketEvent.NoteAdded.class).json().text();
        for (Class<?> type : List.of(CustomerEvent.class, CustomerEvent.Message.class, CustomerEvent.Header.class)) {
            assertThatThrownBy(() -> JACKSON_2.get(2).readValue(note, type))
                    .hasMessageContaining("not read")
                    .message()
                    .doesNotContain("text\"");
            assertThatThrownBy(() -> JACKSON_3.get(0).readValue(note, type)).hasMessageContaining("not read");
        }
    }

    @Test
    void an_unknown_event_comes_back_as_one_of_a_hosts_own() {
        TicketEvent.UnknownEvent unknown = JsonSamples.event(TicketEvent.UnknownEvent.class);
        assertThat(TicketEvent.fromJson(unknown.json()))
                .isEqualTo(new TicketEvent.CustomEvent(unknown.header(), unknown.type(), unknown.body()));
        assertThatThrownBy(() -> JACKSON_2.get(0).readValue(unknown.json().text(), TicketEvent.UnknownEvent.class))
                .hasCause(new InvalidInput("value", "unexpected", null));
    }

    /** What is stored, and what is written here, are two places: each has every member, under the same name. */
    @Test
    void an_event_has_the_members_that_are_stored_of_it() {
        assertThat(TicketEvent.class.getPermittedSubclasses())
                .filteredOn(Class::isRecord)
                .hasSizeGreaterThan(20)
                .allSatisfy(type -> {
                    TicketEvent event = JsonSamples.event(type.asSubclass(TicketEvent.class));
                    assertThat(event.json().members())
                            .containsAllEntriesOf(
                                    JsonValue.parse(EventTypes.body(event).text())
                                            .members());
                });
    }
}
