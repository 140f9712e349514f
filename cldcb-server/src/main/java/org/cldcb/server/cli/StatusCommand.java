package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.Space;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cldcb-server status}. */
@Command(
    name = "status",
    description = "Shows what is kept of each node and network.",
    footer = {"", "Example:", "  cldcb-server status --json --data-dir /var/lib/cldcb"})
public final class StatusCommand implements Callable<Integer> {
  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private Terminal terminal = new Terminal();

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (BackupStore store = directory.openStore()) {
      Report report = Report.ofBackups(store);
      terminal.say(json ? report.json() : report.text());
      terminal.warn(store.quotas());
      Space space = store.space();
      if (space.level() != Space.Level.ENOUGH) {
        terminal.warn(space.sentence());
      }
    }
    return 0;
  }
}
