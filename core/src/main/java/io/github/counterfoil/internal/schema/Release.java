package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.digest.Digest;
import io.github.counterfoil.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The SQL files of this release, as the manifest lists them.
 *
 * @param revision of the repeatable files; grows with each change of one of them
 * @param checksum of the repeatable files
 * @param numbered paths of the numbered files, in order
 * @param repeatable paths of the repeatable files, in order
 * @param manifest what they make
 */
record Release(int revision, String checksum, List<String> numbered, List<String> repeatable, Manifest manifest) {

    static Release load() {
        int revision = 0;
        String checksum = "";
        List<String> numbered = new ArrayList<>();
        List<String> repeatable = new ArrayList<>();
        Manifest.Builder manifest = new Manifest.Builder();
        for (String line : SqlResource.text("manifest.txt").split("\n")) {
            if (line.startsWith("revision ")) {
                revision = Integer.parseInt(line.substring("revision ".length()));
            } else if (line.startsWith("checksum ")) {
                checksum = line.substring("checksum ".length());
            } else if (line.startsWith("file ")) {
                String path = line.substring("file ".length());
                (path.startsWith("tables/") ? numbered : repeatable).add(path);
            } else if (!line.startsWith("#")) {
                String[] parts = line.split("\t", 3);
                manifest.add(parts[0], parts[1], parts[2]);
            }
        }
        return new Release(revision, checksum, numbered, repeatable, manifest.build());
    }

    /** The version of the last numbered file. */
    int version() {
        return version(numbered.get(numbered.size() - 1));
    }

    /** The numbered files, then the repeatable ones as one. */
    List<Schema.SqlFile> files(Names names) {
        List<Schema.SqlFile> files = new ArrayList<>();
        numbered.forEach(path -> files.add(numbered(path, names)));
        files.add(new Schema.SqlFile(OptionalInt.empty(), "code", new CodeFile(this, names).sql(), checksum));
        return files;
    }

    private static int version(String path) {
        return Integer.parseInt(path.substring("tables/".length(), "tables/".length() + 3));
    }

    private static Schema.SqlFile numbered(String path, Names names) {
        String file = path.substring("tables/".length(), path.length() - ".sql".length());
        byte[] content = SqlResource.bytes(path);
        String contentChecksum = Digest.hex(content);
        return new Schema.SqlFile(
                OptionalInt.of(version(path)),
                file.substring(4),
                SqlTemplate.of(new String(content, StandardCharsets.UTF_8))
                        .with("checksum", contentChecksum)
                        .sql(names),
                contentChecksum);
    }
}
