package io.github.counterfoil.internal.validation;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jboss.logging.LoggerProvider;

/**
 * What the libraries inside Counterfoil's jar find in place of {@link java.util.ServiceLoader}: nothing that a host
 * provides, be it constraints, value extractors or a logger. The build replaces the one with the other in their classes.
 */
public final class NoServices<S> implements Iterable<S> {
    private final List<S> services;

    private NoServices(List<S> services) {
        this.services = services;
    }

    public static <S> NoServices<S> load(Class<S> service, ClassLoader loader) {
        return new NoServices<>(
                service == LoggerProvider.class ? List.of(service.cast(new NoLogging())) : Collections.emptyList());
    }

    @Override
    public Iterator<S> iterator() {
        return services.iterator();
    }
}
