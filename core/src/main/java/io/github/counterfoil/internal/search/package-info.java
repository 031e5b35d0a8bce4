/** Text search: what texts and questions are made of, and where the words of tickets are kept and found. */
@NullMarked
package io.github.counterfoil.internal.search;

import org.jspecify.annotations.NullMarked;
