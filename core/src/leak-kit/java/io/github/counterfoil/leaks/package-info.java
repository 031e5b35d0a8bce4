/**
 * A kit for hosts: plants canaries in everything private and looks for them in what a host shows to customers. Published
 * as the jar with the classifier {@code leak-kit}; it needs nothing but Counterfoil itself.
 */
@NullMarked
package io.github.counterfoil.leaks;

import org.jspecify.annotations.NullMarked;
