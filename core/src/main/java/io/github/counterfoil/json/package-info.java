/** JSON values of custom fields, custom events and attachments, without any JSON library in the signatures. */
@NullMarked
package io.github.counterfoil.json;

import org.jspecify.annotations.NullMarked;
