package org.cldcb.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.cldcb.server.store.Quota;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where a command prints its result. */
@Command
public final class Terminal {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** A line of the result, at once. */
  void say(String line) {
    PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Whose quota is used up or nearly so, beside the result. */
  void warn(List<Quota.OfNode> quotas) {
    quotas.stream()
        .filter(one -> one.quota().level() != Quota.Level.ENOUGH)
        .forEach(one -> warn(one.quota().sentence(one.nodeId())));
  }

  /** Something that the operator should know, beside the result. */
  void warn(String line) {
    PrintWriter err = Objects.requireNonNull(command).commandLine().getErr();
    err.println("cldcb-server: " + line);
    err.flush();
  }
}
