package io.github.counterfoil.internal.schema;

import io.github.counterfoil.internal.database.Names;

/**
 * The repeatable files as one statement: all or nothing wherever it is run, and without effect where a newer release has
 * been.
 */
final class CodeFile {
    private final Release release;
    private final Names names;

    CodeFile(Release release, Names names) {
        this.release = release;
        this.names = names;
    }

    String sql() {
        StringBuilder files = new StringBuilder();
        for (String path : release.repeatable()) {
            int folder = path.indexOf('/');
            String name = path.substring(folder + 1, path.length() - ".sql".length());
            switch (path.substring(0, folder)) {
                case "triggers" ->
                    files.append(unlessMade("trigger", name, "lock table ${schema}.ticket in exclusive mode;", path));
                case "views" -> files.append(unlessMade("view", name, "", path));
                default -> files.append(execute(path));
            }
        }
        return SqlTemplate.of(SqlResource.text("code.sql"))
                .with("revision", Integer.toString(release.revision()))
                .with("checksum", release.checksum())
                .with("manifest", Manifest.SQL.strip())
                .with("functions", ArrayLiteral.of(release.manifest().callable(), "text"))
                .with("relations", ArrayLiteral.of(release.manifest().names("table", "view"), "text"))
                .with("signature", Manifest.SIGNATURE)
                .with("files", files.toString())
                .with("grants", new Grants(release.manifest()).sql("<role>"))
                .sql(names);
    }

    /** What every command locks first is locked first here too. */
    private String unlessMade(String kind, String name, String lock, String path) {
        return "  if not (v_made @> array[$made$" + kind + " " + name + " "
                + release.manifest().definition(kind, name) + "$made$]) then\n  " + lock + "\n" + execute(path)
                + "  end if;\n";
    }

    private static String execute(String path) {
        return "  execute $file$\n" + SqlResource.text(path) + "$file$;\n";
    }
}
