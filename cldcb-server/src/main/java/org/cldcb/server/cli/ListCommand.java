package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cldcb.server.store.BackupStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cldcb-server list}. */
@Command(
    name = "list",
    description = "Shows the nodes that may keep backups here, and those revoked.",
    footer = {"", "Example:", "  cldcb-server list --json --data-dir /var/lib/cldcb"})
public final class ListCommand implements Callable<Integer> {
  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private Terminal terminal = new Terminal();

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (BackupStore store = directory.openStore()) {
      Report report = Report.ofNodes(store);
      terminal.say(json ? report.json() : report.text());
      terminal.warn(store.quotas());
    }
    return 0;
  }
}
