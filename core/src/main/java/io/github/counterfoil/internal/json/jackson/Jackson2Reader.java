package io.github.counterfoil.internal.json.jackson;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.json.text.JsonAccess;
import io.github.counterfoil.internal.json.text.TextSink;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads values with Jackson 2, whatever the mapper is set to: each token as it was written, numbers to the last digit. */
final class Jackson2Reader extends JsonDeserializer<Object> implements ContextualDeserializer {
    private final Class<?> type;

    /** Jackson's, until it says for which type. */
    Jackson2Reader() {
        this(Object.class);
    }

    private Jackson2Reader(Class<?> type) {
        this.type = type;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        return new Jackson2Reader(context.getContextualType().getRawClass());
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
        Function<String, Object> reader = JsonAccess.get().reader(type).orElse(null);
        if (reader == null) {
            return context.reportBadDefinition(type, "it is written as JSON and not read");
        }
        StringBuilder text = new StringBuilder();
        try {
            copy(in, new TextSink(text));
            return reader.apply(text.toString());
        } catch (InvalidInput e) {
            throw JsonMappingException.from(in, e.getMessage(), e);
        }
    }

    /** JSON's null is a value where any JSON is. */
    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        return JsonAccess.get().ofNull(type);
    }

    /** What is not there is no JSON, not even null. */
    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }

    @Override
    public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer types)
            throws IOException {
        return types.deserializeTypedFromAny(in, context);
    }

    private static void copy(JsonParser in, TextSink out) throws IOException {
        int depth = 0;
        do {
            JsonToken token = in.currentToken();
            switch (token) {
                case START_OBJECT -> out.startObject();
                case END_OBJECT -> out.endObject();
                case START_ARRAY -> out.startArray();
                case END_ARRAY -> out.endArray();
                case FIELD_NAME -> out.name(in.currentName());
                case VALUE_STRING -> out.string(in.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.number(in.getText());
                case VALUE_TRUE, VALUE_FALSE -> out.bool(token == JsonToken.VALUE_TRUE);
                case VALUE_NULL -> out.nothing();
                default -> throw new InvalidInput("value", "malformed", null);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && in.nextToken() != null);
    }
}
