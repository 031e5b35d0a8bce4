package io.github.counterfoil.internal.validation;

import io.github.counterfoil.error.InvalidInput;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hibernate.validator.engine.HibernateConstraintViolation;
import org.jspecify.annotations.Nullable;

/** Runs the constraints of a command's values and reports all faults as one {@link InvalidInput}. */
public final class InputCheck {
    private static final Pattern CAMEL_CASE = Pattern.compile("([a-z])([A-Z])");

    private InputCheck() {}

    /** Built when the first values are checked, and for all services of this class loader. */
    private static final class Ready {
        static final Validator VALIDATOR = OwnValidator.build();
    }

    /** @throws InvalidInput if any constraint of the values is violated */
    public static void check(Object values, Class<?>... groups) {
        Faults faults = new Faults();
        check(values, faults, groups);
        faults.throwIfAny();
    }

    /** Adds what is wrong to the faults of a call. */
    public static void check(Object values, Faults faults, Class<?>... groups) {
        Ready.VALIDATOR
                .validate(values, groups)
                .forEach(violation -> faults.add(field(violation.getPropertyPath()), problem(violation)));
    }

    private static Problem problem(ConstraintViolation<Object> violation) {
        return violation.unwrap(HibernateConstraintViolation.class).getDynamicPayload(Problem.class)
                        instanceof Problem p
                ? p
                : new Problem(violation.getMessage(), declaredLimit(violation));
    }

    /** A key that is no name is not repeated: it could be anything that somebody typed. */
    private static String field(Path path) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                field.append('[').append(node.getIndex()).append(']');
            } else if (node.getKey() instanceof String key && TextRules.fieldName(key) == null) {
                field.append('[').append(key).append(']');
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                String name = CAMEL_CASE.matcher(node.getName()).replaceAll("$1_$2");
                field.append(field.isEmpty() ? "" : ".").append(name.toLowerCase(Locale.ROOT));
            }
        }
        return field.toString();
    }

    private static @Nullable Long declaredLimit(ConstraintViolation<Object> violation) {
        Annotation constraint = violation.getConstraintDescriptor().getAnnotation();
        if (constraint instanceof Size size) {
            return (long) size.max();
        }
        return constraint instanceof Max max ? max.value() : null;
    }
}
