package org.cldcb.client.status;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.NodeOptions;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.NodeFinder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cldcb-client status}. */
@Command(
    name = "status",
    description = "Says whether this node is protected. Exit code: 0 if it is, else 1.",
    footer = {"", "Example:", "  cldcb-client status --lightning-dir=$HOME/.lightning"})
public final class StatusCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine(), false);
    StatusReport report =
        new StatusCheck(NodeFinder.find(node.lightningDir(), node.network())).run();
    if (json) {
      terminal.say(report.json());
    } else {
      report.lines().forEach(terminal::say);
    }
    return report.problems().isEmpty() ? 0 : Failure.FAILED;
  }
}
