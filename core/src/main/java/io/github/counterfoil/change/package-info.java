/** What happens to tickets, as others follow it: all changes in one order, at the reader's own pace. */
@NullMarked
package io.github.counterfoil.change;

import org.jspecify.annotations.NullMarked;
