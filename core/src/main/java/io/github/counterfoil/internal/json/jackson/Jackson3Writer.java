package io.github.counterfoil.internal.json.jackson;

import io.github.counterfoil.internal.json.text.JsonAccess;
import io.github.counterfoil.internal.json.text.JsonSink;
import java.io.IOException;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.type.WritableTypeId;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes values with Jackson 3, whatever the mapper is set to: token by token, so that any format and any tree will do. */
final class Jackson3Writer extends ValueSerializer<Object> {
    /** With fewer it fits. */
    private static final int DIGITS_OF_A_LONG = 19;

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
        try {
            JsonAccess.get().write(value, new Sink(out, context));
        } catch (IOException e) {
            throw JacksonIOException.construct(e, out);
        }
    }

    @Override
    public void serializeWithType(Object value, JsonGenerator out, SerializationContext context, TypeSerializer types) {
        WritableTypeId type = types.writeTypePrefix(out, context, types.typeId(value, JsonToken.VALUE_EMBEDDED_OBJECT));
        serialize(value, out, context);
        types.writeTypeSuffix(out, context, type);
    }

    private record Sink(JsonGenerator out, SerializationContext context) implements JsonSink {
        @Override
        public void startObject() {
            out.writeStartObject();
        }

        @Override
        public void endObject() {
            out.writeEndObject();
        }

        @Override
        public void startArray() {
            out.writeStartArray();
        }

        @Override
        public void endArray() {
            out.writeEndArray();
        }

        @Override
        public void name(String name) {
            out.writeName(name);
        }

        @Override
        public void string(String value) {
            out.writeString(value);
        }

        /** As it is where the format has digits; a tree and a binary format have numbers. */
        @Override
        public void number(String digits) {
            if (out.has(StreamWriteCapability.CAN_WRITE_FORMATTED_NUMBERS)) {
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
        public void bool(boolean value) {
            out.writeBoolean(value);
        }

        @Override
        public void nothing() {
            out.writeNull();
        }

        @Override
        public void hosts(Object value) {
            context.writeValue(out, value);
        }
    }
}
