package io.github.counterfoil.testing;

import io.github.counterfoil.spi.AttachmentStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A host's store, in memory. */
public final class FilesInMemory implements AttachmentStore {
    private final Map<UUID, byte[]> files = new ConcurrentHashMap<>();
    private final Set<UUID> stuck = ConcurrentHashMap.newKeySet();
    private final List<UUID> deleted = new CopyOnWriteArrayList<>();

    @Override
    public void put(UUID id, InputStream content) throws IOException {
        files.put(id, content.readAllBytes());
    }

    @Override
    public InputStream open(UUID id) throws IOException {
        byte[] bytes = files.get(id);
        if (bytes == null) {
            throw new IOException("no such file");
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void delete(UUID id) throws IOException {
        if (stuck.contains(id)) {
            throw new IOException("stuck");
        }
        files.remove(id);
        deleted.add(id);
    }

    public Map<UUID, byte[]> files() {
        return files;
    }

    /** What it refuses to delete. */
    public Set<UUID> stuck() {
        return stuck;
    }

    /** What it was asked to delete, as often as it was. */
    public List<UUID> deleted() {
        return deleted;
    }
}
