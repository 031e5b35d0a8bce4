package io.github.counterfoil.document;

import io.github.counterfoil.imports.ImportReport;

/**
 * What an adoption did with the rows of each literal table.
 *
 * @param customers of {@code customers}
 * @param workers of {@code workers}
 * @param tickets of {@code tickets}
 */
public record AdoptionReport(ImportReport customers, ImportReport workers, ImportReport tickets) {}
