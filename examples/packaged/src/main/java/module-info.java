import io.github.counterfoil.packaged.HostsOwnExtractor;
import io.github.counterfoil.packaged.HostsOwnRule;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.valueextraction.ValueExtractor;

/** A host that is a module, and has rules of its own for a validator of its own. */
module io.github.counterfoil.packaged {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires io.github.counterfoil;
    requires jakarta.validation;
    requires static org.jspecify;

    provides ConstraintValidator with
            HostsOwnRule;
    provides ValueExtractor with
            HostsOwnExtractor;
}
