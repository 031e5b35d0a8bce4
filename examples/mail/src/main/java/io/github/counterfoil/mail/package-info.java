/** A recipe: tickets from mail, and mail to customers. */
@NullMarked
package io.github.counterfoil.mail;

import org.jspecify.annotations.NullMarked;
