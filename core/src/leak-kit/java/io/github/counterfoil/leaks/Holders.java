package io.github.counterfoil.leaks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What Java's own holders hold: containers, references, futures, suppliers, streams, buffers, files. */
final class Holders {
    private final Budget budget;

    Holders(Budget budget) {
        this.budget = budget;
    }

    /** Null for what is no holder. What one throws instead of giving it is part of the answer. */
    @Nullable
    List<@Nullable Object> open(Object value) {
        try {
            List<@Nullable Object> held = contained(value);
            held = held == null ? referred(value) : held;
            return held == null ? read(value) : held;
        } catch (Exception e) {
            return one(e);
        }
    }

    private @Nullable List<@Nullable Object> contained(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<@Nullable Object> held = new ArrayList<>();
            map.forEach((key, element) -> {
                held.add(key);
                held.add(element);
            });
            return held;
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return Arrays.asList(entry.getKey(), entry.getValue());
        }
        if (value instanceof Iterable<?> elements && !(value instanceof Path)) {
            return all(elements.iterator());
        }
        if (value instanceof Iterator<?> elements) {
            return all(elements);
        }
        if (value instanceof BaseStream<?, ?> stream) {
            return all(stream.iterator());
        }
        if (value instanceof Enumeration<?> elements) {
            return all(elements.asIterator());
        }
        if (value instanceof AtomicReferenceArray<?> array) {
            return all(IntStream.range(0, array.length()).mapToObj(array::get).iterator());
        }
        return value.getClass().isArray()
                ? all(IntStream.range(0, Array.getLength(value))
                        .mapToObj(place -> Array.get(value, place))
                        .iterator())
                : null;
    }

    /** Characters and bytes that come one by one are a text all the same. */
    private List<@Nullable Object> all(Iterator<?> elements) {
        List<@Nullable Object> held = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (elements.hasNext() && budget.step()) {
            Object element = elements.next();
            if (element instanceof Character c) {
                text.append(c.charValue());
            } else if (element instanceof Byte b) {
                text.append((char) (b & 0xff));
            } else {
                held.add(element);
            }
        }
        if (text.length() > 0) {
            held.add(text);
        }
        return held;
    }

    private @Nullable List<@Nullable Object> referred(Object value) throws Exception {
        if (value instanceof AtomicReference<?> reference) {
            return one(reference.get());
        }
        if (value instanceof Reference<?> reference) {
            return one(reference.get());
        }
        if (value instanceof ThreadLocal<?> local) {
            return one(local.get());
        }
        if (value instanceof Supplier<?> supplier) {
            return one(supplier.get());
        }
        if (value instanceof Callable<?> callable) {
            return one(callable.call());
        }
        if (value instanceof CompletionStage<?> stage) {
            return one(awaited(stage.toCompletableFuture()));
        }
        return value instanceof Future<?> future ? one(awaited(future)) : null;
    }

    private @Nullable List<@Nullable Object> read(Object value) throws IOException {
        if (value instanceof CharBuffer buffer) {
            return one(buffer.duplicate().clear().toString());
        }
        if (value instanceof ByteBuffer buffer) {
            ByteBuffer whole = buffer.duplicate().clear();
            byte[] bytes = new byte[whole.remaining()];
            whole.get(bytes);
            return one(bytes);
        }
        if (value instanceof InputStream stream) {
            return one(awaited(inBackground(() -> stream.readNBytes(Budget.BYTES + 1))));
        }
        if (value instanceof Reader reader) {
            return one(awaited(inBackground(() -> text(reader))));
        }
        if (value instanceof File file) {
            return one(file.toPath());
        }
        if (value instanceof Path path) {
            return Files.isRegularFile(path)
                    ? Arrays.asList(path.toString(), Files.newInputStream(path))
                    : one(path.toString());
        }
        return null;
    }

    /** One that gives nothing must not hold up the search: it waits in a thread of its own, which nobody waits for. */
    private static <T> Future<T> inBackground(Callable<T> reading) {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread thread = new Thread(task, "leak-kit-reader");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static String text(Reader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] part = new char[8192];
        for (int read = reader.read(part); read >= 0 && text.length() <= Budget.BYTES; read = reader.read(part)) {
            text.append(part, 0, read);
        }
        return text.toString();
    }

    private @Nullable Object awaited(Future<?> future) {
        long begin = System.nanoTime();
        try {
            Object value = future.get(budget.waiting(), TimeUnit.NANOSECONDS);
            int size = value instanceof byte[] bytes ? bytes.length : value instanceof String text ? text.length() : 0;
            // What is beyond it was not read to its end.
            budget.take(size);
            return value;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (TimeoutException e) {
            budget.exceed();
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            budget.exceed();
            return e;
        } finally {
            budget.waited(System.nanoTime() - begin);
        }
    }

    private static List<@Nullable Object> one(@Nullable Object value) {
        return Collections.singletonList(value);
    }
}
