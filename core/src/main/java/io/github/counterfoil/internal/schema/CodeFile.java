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
        StringBuilder body = new StringBuilder();
        for (String path : release.repeatable()) {
            if (path.startsWith("triggers/")) {
                body.append(unlessMade(path));
            } else {
                body.append(execute(path, "  "));
            }
        }
        return names.fillIn(SqlResource.text("code.sql")
                .replace("${revision}", Integer.toString(release.revision()))
                .replace("${checksum}", release.checksum())
                .replace("${files}", body)
                .replace("${grants}", new Grants(release.manifest()).sql()));
    }

    /** Replacing a trigger waits for whoever writes its table: only where there is something to replace. */
    private String unlessMade(String path) {
        String name = path.substring("triggers/".length(), path.length() - ".sql".length());
        int dot = name.indexOf('.');
        String table = name.substring(0, dot);
        return """
                  if not exists (
                    select from pg_trigger t where t.tgrelid = '${schema}.%s'::regclass and t.tgname = '%s' and t.tgenabled = 'O'
                      and replace(replace(pg_get_triggerdef(t.oid), ' ON ' || v_dot, ' ON '), ' FUNCTION ' || v_dot, ' FUNCTION ')
                        = $definition$%s$definition$) then
                    lock table ${schema}.ticket in exclusive mode;
                %s  end if;
                """.formatted(
                table, name.substring(dot + 1), release.manifest().definition("trigger", name), execute(path, "    "));
    }

    private static String execute(String path, String indentation) {
        return indentation + "execute $file$\n" + SqlResource.text(path) + "$file$;\n";
    }
}
