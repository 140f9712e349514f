package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cldcb-server forget}. */
@Command(
    name = "forget",
    description = "Keeps a node out from now on and deletes its backups.",
    footer = {"", "Example:", "  cldcb-server forget 02ab... --yes --data-dir /var/lib/cldcb"})
public final class ForgetCommand implements Callable<Integer> {
  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private NodeArgument node = new NodeArgument();
  @Mixin private Terminal terminal = new Terminal();

  @Option(names = "--yes", description = "yes, delete them")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    PublicKey nodeId = node.nodeId();
    if (!yes) {
      throw Messages.unconfirmed(nodeId);
    }
    try (BackupStore store = directory.openStore()) {
      if (!store.forget(nodeId)) {
        throw Messages.unknown(nodeId);
      }
    }
    terminal.say("forgotten: " + nodeId);
    return 0;
  }
}
