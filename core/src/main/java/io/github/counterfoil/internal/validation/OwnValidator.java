package io.github.counterfoil.internal.validation;

import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.annotation.ElementType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/** A validator that takes nothing from its host: no XML, no services, no expression language, no JPA. */
final class OwnValidator {

    private OwnValidator() {}

    static Validator build() {
        return Validation.byProvider(HibernateValidator.class)
                .providerResolver(() -> List.of(new HibernateValidator()))
                .configure()
                .ignoreXmlConfiguration()
                // Else that of the thread which happens to come first.
                .externalClassLoader(OwnValidator.class.getClassLoader())
                .messageInterpolator(new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
                .traversableResolver(new Everything())
                .enableTraversableResolverResultCache(false)
                .buildValidatorFactory()
                .getValidator();
    }

    /** Every property is in memory. The default asks JPA, where there is one. */
    private static final class Everything implements TraversableResolver {
        @Override
        public boolean isReachable(
                @Nullable Object bean, Path.Node property, Class<?> root, Path path, ElementType elementType) {
            return true;
        }

        @Override
        public boolean isCascadable(
                @Nullable Object bean, Path.Node property, Class<?> root, Path path, ElementType elementType) {
            return true;
        }
    }
}
