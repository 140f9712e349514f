package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.NodeEntry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cldcb-server allow}. */
@Command(
    name = "allow",
    description = "Lets a node keep its backups here, or changes its label or quota.",
    footer = {
      "",
      "Example:",
      "  cldcb-server allow 02ab... --label alice --data-dir /var/lib/cldcb",
      "  cldcb-server allow 02ab... --quota 20GiB --data-dir /var/lib/cldcb"
    })
public final class AllowCommand implements Callable<Integer> {
  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private NodeArgument node = new NodeArgument();
  @Mixin private Terminal terminal = new Terminal();

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "words to know it by; without it a label that is there stays")
  private @Nullable String label;

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "how much it may keep, as 500MiB, 10GiB or none; without it a quota that is there stays,"
              + " and a new node gets that of init")
  private @Nullable Long quota;

  @Override
  public Integer call() throws IOException {
    PublicKey nodeId = node.nodeId();
    try (BackupStore store = directory.openStore()) {
      store.allow(nodeId, label == null ? present(store, nodeId) : label, quota);
    }
    terminal.say("allowed: " + nodeId);
    return 0;
  }

  private static String present(BackupStore store, PublicKey nodeId) {
    return store.nodes().stream()
        .filter(entry -> entry.nodeId().equals(nodeId))
        .map(NodeEntry::label)
        .findFirst()
        .orElse("");
  }
}
