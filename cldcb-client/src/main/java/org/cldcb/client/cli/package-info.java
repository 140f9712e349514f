/** What all commands share: options, talking to the operator, and every sentence they say. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.cli;
