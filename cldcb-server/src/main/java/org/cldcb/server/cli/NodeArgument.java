package org.cldcb.server.cli;

import java.util.Objects;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The node that a command is about. */
public final class NodeArgument {
  @Parameters(
      paramLabel = "NODE_ID",
      converter = PublicKeyConverter.class,
      description = "the node's id, 66 hex digits")
  private @Nullable PublicKey nodeId;

  PublicKey nodeId() {
    return Objects.requireNonNull(nodeId);
  }
}
