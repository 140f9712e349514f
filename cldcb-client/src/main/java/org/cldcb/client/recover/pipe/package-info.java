/** Work that flows one way, from thread to thread. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.recover.pipe;
