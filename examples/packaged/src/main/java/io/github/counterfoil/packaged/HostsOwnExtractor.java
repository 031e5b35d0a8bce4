package io.github.counterfoil.packaged;

import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.ValueExtractor;
import java.util.List;

/** What a host sees in a list in its own classes: nothing. */
public final class HostsOwnExtractor implements ValueExtractor<List<@ExtractedValue ?>> {
    @Override
    public void extractValues(List<?> list, ValueReceiver receiver) {}
}
