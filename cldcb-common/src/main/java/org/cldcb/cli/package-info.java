/** What the command lines share: how a command fails. */
@org.jspecify.annotations.NullMarked
package org.cldcb.cli;
