/** The operator's commands, and what they keep in the data directory beside the store. */
@org.jspecify.annotations.NullMarked
package org.cldcb.server.cli;
