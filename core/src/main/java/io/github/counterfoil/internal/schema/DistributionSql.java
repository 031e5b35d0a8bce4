package io.github.counterfoil.internal.schema;

import io.github.counterfoil.error.InvalidInput;
import io.github.counterfoil.internal.database.Names;
import io.github.counterfoil.internal.validation.Faults;
import io.github.counterfoil.internal.validation.Problem;
import java.util.List;
import java.util.stream.Stream;

/** The optional SQL that spreads the tables of what belongs to tickets. */
final class DistributionSql {
    private static final long MOST = 1_024;

    private final Release release;
    private final Names names;

    DistributionSql(Release release, Names names) {
        this.release = release;
        this.names = names;
    }

    /** @throws InvalidInput for a number of parts of which nobody has a use */
    String sql(String file, int parts) {
        Faults faults = new Faults();
        faults.add("parts", Problem.range(parts, 2, MOST));
        faults.throwIfAny();
        Manifest manifest = release.manifest();
        return SqlTemplate.of(SqlResource.text(file))
                .with(
                        "begin",
                        SqlResource.text("optional/distribution_begin.sql").stripTrailing())
                .with("lock", SqlResource.text("optional/distribution_lock.sql").stripTrailing())
                .with("parts", Integer.toString(parts))
                .with("revision", Integer.toString(release.revision()))
                .with("tables", ArrayLiteral.of(tables(manifest), "text"))
                .with("views", ArrayLiteral.of(manifest.names("view"), "text"))
                .with("functions", ArrayLiteral.of(manifest.names("function"), "text"))
                .with("signature", Manifest.SIGNATURE)
                .with("code", new CodeFile(release, names).sql())
                .sql(names);
    }

    /** The ticket's own, and then those that say which ticket a row belongs to. */
    private static List<String> tables(Manifest manifest) {
        return Stream.concat(
                        Stream.of("ticket"),
                        manifest.names("column").stream()
                                .filter(column -> column.endsWith(".ticket_id"))
                                .map(column -> column.substring(0, column.indexOf('.'))))
                .toList();
    }
}
