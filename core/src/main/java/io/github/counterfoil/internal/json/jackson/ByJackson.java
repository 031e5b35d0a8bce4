package io.github.counterfoil.internal.json.jackson;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells Jackson 2 and Jackson 3 who writes and who reads a type and all that implement it. The JVM leaves out the annotations of the one
 * that is not there.
 */
@JacksonAnnotationsInside
@JsonSerialize(using = Jackson2Writer.class, keyUsing = Jackson2KeyWriter.class)
@JsonDeserialize(using = Jackson2Reader.class)
@tools.jackson.databind.annotation.JsonSerialize(using = Jackson3Writer.class, keyUsing = Jackson3KeyWriter.class)
@tools.jackson.databind.annotation.JsonDeserialize(using = Jackson3Reader.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ByJackson {}
