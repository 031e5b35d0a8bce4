package io.github.counterfoil.internal.json.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.WritableTypeId;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.github.counterfoil.internal.json.text.JsonAccess;
import io.github.counterfoil.internal.json.text.JsonSink;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes values with Jackson 2, whatever the mapper is set to: token by token, so that any format and any tree will do. */
final class Jackson2Writer extends JsonSerializer<Object> {
    /** With fewer it fits. */
    private static final int DIGITS_OF_A_LONG = 19;

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
        JsonAccess.get().write(value, new Sink(out, provider));
    }

    @Override
    public void serializeWithType(Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
            throws IOException {
        WritableTypeId type = types.writeTypePrefix(out, types.typeId(value, JsonToken.VALUE_EMBEDDED_OBJECT));
        serialize(value, out, provider);
        types.writeTypeSuffix(out, type);
    }

    private record Sink(JsonGenerator out, SerializerProvider provider) implements JsonSink {
        @Override
        public void startObject() throws IOException {
            out.writeStartObject();
        }

        @Override
        public void endObject() throws IOException {
            out.writeEndObject();
        }

        @Override
        public void startArray() throws IOException {
            out.writeStartArray();
        }

        @Override
        public void endArray() throws IOException {
            out.writeEndArray();
        }

        @Override
        public void name(String name) throws IOException {
            out.writeFieldName(name);
        }

        @Override
        public void string(String value) throws IOException {
            out.writeString(value);
        }

        /** As it is where the format has digits; a tree and a binary format have numbers. */
        @Override
        public void number(String digits) throws IOException {
            if (out.canWriteFormattedNumbers()) {
                out.writeNumber(digits);
                return;
            }
            BigDecimal number = new BigDecimal(digits);
            if (number.scale() > 0) {
                out.writeNumber(number);
            } else if (number.precision() < DIGITS_OF_A_LONG) {
                out.writeNumber(number.longValueExact());
            } else {
                out.writeNumber(number.toBigIntegerExact());
            }
        }

        @Override
        public void bool(boolean value) throws IOException {
            out.writeBoolean(value);
        }

        @Override
        public void nothing() throws IOException {
            out.writeNull();
        }

        @Override
        public void hosts(Object value) throws IOException {
            provider.defaultSerializeValue(value, out);
        }
    }
}
