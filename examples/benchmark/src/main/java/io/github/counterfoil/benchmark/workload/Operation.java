package io.github.counterfoil.benchmark.workload;

import java.sql.SQLException;

/** What is measured: nothing that prepares it. */
public interface Operation {
    void run() throws SQLException;
}
