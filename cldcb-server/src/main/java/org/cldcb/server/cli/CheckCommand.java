package org.cldcb.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cldcb.server.store.StoreCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cldcb-server check}. */
@Command(
    name = "check",
    description = {
      "Reads all that is stored and names what is damaged. Exit code: 0 if nothing is, else 1.",
      "Changes nothing, and may run beside the server."
    },
    footer = {"", "Example:", "  cldcb-server check --data-dir /var/lib/cldcb"})
public final class CheckCommand implements Callable<Integer> {
  @Mixin private DataDirectory directory = new DataDirectory();
  @Mixin private Terminal terminal = new Terminal();

  @Override
  public Integer call() throws IOException {
    try (StoreCheck check = directory.openCheck()) {
      StoreCheck.Result result = check.run();
      terminal.say(
          "read "
              + result.records()
              + " records, "
              + result.manifests()
              + " bases of "
              + result.chunks()
              + " chunks");
      if (!result.isSound()) {
        result.findings().forEach(terminal::say);
        throw Messages.damaged(result.findings().size());
      }
      terminal.say("sound");
      return 0;
    }
  }
}
