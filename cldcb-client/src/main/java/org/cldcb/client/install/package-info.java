/** {@code install}: makes a node's plugin the one writer of its backup, and starts it. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.install;
