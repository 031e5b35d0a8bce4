package io.github.counterfoil.internal.validation;

import io.github.counterfoil.json.JsonValue;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.lang.annotation.Annotation;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Runs the rules behind the constraint annotations. */
final class Constraints {

    private Constraints() {}

    /** Hands a rule's problem over as the violation's message and payload. */
    abstract static class RuleValidator<A extends Annotation, T> implements ConstraintValidator<A, T> {

        abstract @Nullable Problem problem(@Nullable T value);

        @Override
        public final boolean isValid(@Nullable T value, ConstraintValidatorContext context) {
            Problem problem = problem(value);
            if (problem == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.unwrap(HibernateConstraintValidatorContext.class).withDynamicPayload(problem);
            context.buildConstraintViolationWithTemplate(problem.code()).addConstraintViolation();
            return false;
        }
    }

    /** For {@link Line}. */
    public static final class LineValidator extends RuleValidator<Line, String> {
        private int max;
        private boolean optional;

        @Override
        public void initialize(Line annotation) {
            max = annotation.max();
            optional = annotation.optional();
        }

        @Override
        @Nullable
        Problem problem(@Nullable String value) {
            return value == null || optional && value.isEmpty() ? null : TextRules.line(value, max);
        }
    }

    /** For {@link Content}. */
    public static final class ContentValidator extends RuleValidator<Content, String> {
        private boolean optional;

        @Override
        public void initialize(Content annotation) {
            optional = annotation.optional();
        }

        @Override
        @Nullable
        Problem problem(@Nullable String value) {
            return optional ? TextRules.optionalContent(value) : TextRules.content(value);
        }
    }

    /** For {@link Email}. */
    public static final class EmailValidator extends RuleValidator<Email, String> {
        @Override
        @Nullable
        Problem problem(@Nullable String value) {
            return value == null ? null : TextRules.email(value);
        }
    }

    /** For {@link Language}. */
    public static final class LanguageValidator extends RuleValidator<Language, String> {
        @Override
        @Nullable
        Problem problem(@Nullable String value) {
            return value == null ? null : TextRules.language(value);
        }
    }

    /** For {@link Timezone}. */
    public static final class TimezoneValidator extends RuleValidator<Timezone, ZoneId> {
        @Override
        @Nullable
        Problem problem(@Nullable ZoneId zone) {
            return zone == null ? null : ZoneRules.zone(zone);
        }
    }

    /** For {@link FieldName}. */
    public static final class FieldNameValidator extends RuleValidator<FieldName, String> {
        @Override
        @Nullable
        Problem problem(@Nullable String value) {
            return TextRules.fieldName(value);
        }
    }

    /** For {@link CustomFields}. */
    public static final class CustomFieldsValidator
            extends RuleValidator<CustomFields, Map<String, @Nullable JsonValue>> {
        @Override
        @Nullable
        Problem problem(@Nullable Map<String, @Nullable JsonValue> fields) {
            if (fields == null) {
                return null;
            }
            Map<String, JsonValue> given = new TreeMap<>();
            fields.forEach((name, value) -> {
                if (name != null && value != null) {
                    given.put(name, value);
                }
            });
            return ValueRules.fields(given);
        }
    }

    /** For {@link Value}. */
    public static final class ValueValidator extends RuleValidator<Value, JsonValue> {
        private long max;
        private boolean object;

        @Override
        public void initialize(Value annotation) {
            max = annotation.max();
            object = annotation.object();
        }

        @Override
        @Nullable
        Problem problem(@Nullable JsonValue value) {
            if (value == null) {
                return null;
            }
            return object ? ValueRules.object(value, max) : ValueRules.value(value, max);
        }
    }
}
