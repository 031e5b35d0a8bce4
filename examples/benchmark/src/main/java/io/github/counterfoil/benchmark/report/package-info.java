/** Results as a table, as JSON and as a chart. */
@NullMarked
package io.github.counterfoil.benchmark.report;

import org.jspecify.annotations.NullMarked;
