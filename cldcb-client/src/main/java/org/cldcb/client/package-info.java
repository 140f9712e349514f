/** The operator's command line. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client;
