/**
 * Faults while hosts are at work: servers, connections and hosts that end at any moment, with a ledger outside of the
 * database that says what the hosts were told, and a judge who compares it with what is stored.
 */
@NullMarked
package io.github.counterfoil.faults;

import org.jspecify.annotations.NullMarked;
