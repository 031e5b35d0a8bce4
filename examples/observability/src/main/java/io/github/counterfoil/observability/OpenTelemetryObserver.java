package io.github.counterfoil.observability;

import io.github.counterfoil.spi.CallObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.util.Locale;

/**
 * A span of each call, current while the call runs: those of the driver or pool, and of the host's own code inside, become its children. A
 * refusal is an answer and no error of the span.
 */
public final class OpenTelemetryObserver implements CallObserver {
    private final Tracer tracer;

    public OpenTelemetryObserver(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.github.counterfoil");
    }

    @SuppressWarnings("MustBeClosedChecker") // the end of the call closes the scope
    // region: opentelemetry
    @Override
    public Observation begin(Call call) {
        Span span = tracer.spanBuilder("counterfoil " + call.operation())
                .setSpanKind(SpanKind.INTERNAL)
                .setAttribute("counterfoil.operation", call.operation())
                .setAttribute("counterfoil.side", word(call.side()))
                .startSpan();
        Scope scope = span.makeCurrent();
        return end -> {
            scope.close(); // on the thread that made it current
            describe(span, end);
            span.end();
        };
    }

    private static void describe(Span span, End end) {
        span.setAttribute("counterfoil.outcome", word(end.outcome()));
        span.setAttribute("counterfoil.tries", end.tries());
        span.setAttribute("counterfoil.rows", end.rows());
        end.sqlState().ifPresent(state -> span.setAttribute("db.response.status_code", state));
        if (end.outcome() == Outcome.FAILED) {
            span.setStatus(StatusCode.ERROR);
            end.error().ifPresent(error -> span.setAttribute("error.type", error));
        } else {
            end.error().ifPresent(code -> span.setAttribute("counterfoil.refusal", code));
        }
    }
    // endregion

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
