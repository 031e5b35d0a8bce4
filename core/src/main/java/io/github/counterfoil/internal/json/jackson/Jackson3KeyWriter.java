package io.github.counterfoil.internal.json.jackson;

import io.github.counterfoil.internal.json.text.JsonWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes constants as names of members with Jackson 3. */
final class Jackson3KeyWriter extends ValueSerializer<Object> {

    @Override
    public void serialize(Object key, JsonGenerator out, SerializationContext context) {
        out.writeName(JsonWriter.name(key));
    }
}
