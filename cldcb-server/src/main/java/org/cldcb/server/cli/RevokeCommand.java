package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cldcb-server revoke}. */
@Command(
    name = "revoke",
    description = "Keeps a node out from now on; its backups stay.",
    footer = {"", "Example:", "  cldcb-server revoke 02ab... --data-dir /var/lib/cldcb"})
public final class RevokeCommand implements Callable<Integer> {
  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private NodeArgument node = new NodeArgument();
  @Mixin private Terminal terminal = new Terminal();

  @Override
  public Integer call() throws IOException {
    PublicKey nodeId = node.nodeId();
    try (BackupStore store = directory.openStore()) {
      if (!store.revoke(nodeId)) {
        throw Messages.unknown(nodeId);
      }
    }
    terminal.say("revoked: " + nodeId);
    return 0;
  }
}
