/** What is mailed to customers, from the feed that holds what they see. */
@NullMarked
package io.github.counterfoil.webdesk.mail;

import org.jspecify.annotations.NullMarked;
