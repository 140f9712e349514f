/** {@code status} and {@code node-id}: how things stand, changing nothing. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.status;
