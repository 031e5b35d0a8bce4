package io.github.counterfoil.webdesk.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.counterfoil.event.CustomerEvent;
import io.github.counterfoil.event.TicketEvent;
import io.github.counterfoil.ticket.Priority;
import io.github.counterfoil.ticket.TicketStatus;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Jackson 3 for Counterfoil's values: names as documented, each event with its type, JSON as it is. */
@Configuration(proxyBeanMethods = false)
class CounterfoilJson {

    // region: json
    /** An event's type is a method and no component of its record. */
    interface WithType {
        @JsonProperty("type")
        String type();
    }

    interface WireName {
        @JsonValue
        String wireName();
    }

    static final class JsonAsItIs extends StdSerializer<io.github.counterfoil.json.JsonValue> {
        JsonAsItIs() {
            super(io.github.counterfoil.json.JsonValue.class);
        }

        @Override
        public void serialize(
                io.github.counterfoil.json.JsonValue value, JsonGenerator out, SerializationContext context) {
            out.writeRawValue(value.text());
        }
    }

    @Bean
    JsonMapperBuilderCustomizer counterfoil() {
        return mapper -> mapper.addMixIn(TicketEvent.class, WithType.class)
                .addMixIn(CustomerEvent.class, WithType.class)
                .addMixIn(TicketStatus.class, WireName.class)
                .addMixIn(Priority.class, WireName.class)
                .addModule(new SimpleModule("counterfoil").addSerializer(new JsonAsItIs()));
    }
    // endregion
}
