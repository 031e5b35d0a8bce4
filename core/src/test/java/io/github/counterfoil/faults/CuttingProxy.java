package io.github.counterfoil.faults;

import io.github.counterfoil.testing.ProtocolProxy;
import io.github.counterfoil.testing.ProtocolProxy.Link;
import io.github.counterfoil.testing.ProtocolProxy.Request;
import io.github.counterfoil.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Between hosts and the server. It lets everything pass, until a {@link Cut} is armed for the next request that writes. */
final class CuttingProxy implements ProtocolProxy.Traffic, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern WRITES = Pattern.compile(
            "(?is)commit.*|.*(apply_command|apply_to_each|apply_to_person|deactivate_worker|open_ticket|import_tickets).*");

    private final ProtocolProxy proxy;
    private final Map<Link, Cut> struck = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Cut> armed = new AtomicReference<>();
    private volatile Network network = Network.OPEN;

    /** What becomes of everything. */
    enum Network {
        OPEN,
        /** Who connects is turned away, who is connected is cut off. */
        REFUSING,
        /** Nothing gets through, and nobody says so. */
        SILENT
    }

    CuttingProxy(String jdbcUrl) {
        proxy = ProtocolProxy.before(jdbcUrl, this);
    }

    String url() {
        return proxy.url();
    }

    /** Strikes the next request that writes, and waits until it has come. */
    void strike(Cut cut) {
        armed.set(cut);
        if (!Waiting.until(LIMIT, () -> armed.get() != cut)) {
            armed.set(null);
            throw new IllegalStateException("nobody wrote for " + LIMIT);
        }
    }

    /** Whether the next request that writes will be struck. */
    boolean isArmed() {
        return armed.get() != null;
    }

    void become(Network now) {
        network = now;
    }

    @Override
    public boolean accepts() {
        return network != Network.REFUSING;
    }

    @Override
    public void request(Link link, Request request) throws IOException {
        if (network == Network.REFUSING) {
            link.reset();
        } else if (network == Network.SILENT) {
            // A connection through which something was lost is never heard of again.
            struck.put(link, Cut.silence(false));
        } else if (!(struck.get(link) instanceof Cut.Silence)) {
            Cut cut = request.statements().stream()
                            .anyMatch(sql -> WRITES.matcher(sql).matches())
                    ? armed.getAndSet(null)
                    : null;
            if (cut == null) {
                link.toServer(request.bytes());
            } else {
                struck.put(link, cut);
                cut.request(link, request);
            }
        }
    }

    @Override
    public void answer(Link link, byte[] message) throws IOException {
        if (network == Network.SILENT) {
            struck.put(link, Cut.silence(false));
        }
        Cut cut = struck.get(link);
        if (cut == null) {
            link.toClient(message);
            return;
        }
        cut.answer(link, message);
        if (message[0] == 'Z' && !(cut instanceof Cut.Silence)) {
            struck.remove(link);
        }
    }

    @Override
    public void ended(Link link) {
        struck.remove(link);
    }

    @Override
    public void close() {
        proxy.close();
    }
}
