/** {@code recover}: brings a node back from its hsm_secret and the server's contact. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.recover;
