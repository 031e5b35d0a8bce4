package io.github.counterfoil.internal.json.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.github.counterfoil.internal.json.text.JsonWriter;
import java.io.IOException;

/** Writes constants as names of members with Jackson 2. */
final class Jackson2KeyWriter extends JsonSerializer<Object> {

    @Override
    public void serialize(Object key, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeFieldName(JsonWriter.name(key));
    }
}
