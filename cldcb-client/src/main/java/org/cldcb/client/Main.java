package org.cldcb.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.VersionProvider;
import org.cldcb.client.install.InstallCommand;
import org.cldcb.client.recover.RecoverCommand;
import org.cldcb.client.secret.PaperCommand;
import org.cldcb.client.status.NodeIdCommand;
import org.cldcb.client.status.StatusCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of {@code cldcb-client}. */
@Command(
    name = "cldcb-client",
    description = "Backs up a Core Lightning node, and brings it back.",
    subcommands = {
      InstallCommand.class,
      RecoverCommand.class,
      StatusCommand.class,
      NodeIdCommand.class,
      PaperCommand.class
    },
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  cldcb-client install --lightning-dir=$HOME/.lightning"
          + " --server=02ab...@backup.example:9736",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage or an unanswered question."
    })
public final class Main implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The command line with its subcommands, ready to execute. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler((e, line, parsed) -> failed(e, line));
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "a command is missing");
  }

  private static int misused(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    return report(Failure.misused(e.getMessage(), line.getCommandSpec().qualifiedName()), line);
  }

  private static int failed(Exception e, CommandLine line) throws Exception {
    if (e instanceof Failure failure) {
      return report(failure, line);
    }
    if (e instanceof IOException io) {
      return report(Messages.failed(io), line);
    }
    if (e instanceof UncheckedIOException unchecked) {
      return report(Messages.failed(Objects.requireNonNull(unchecked.getCause())), line);
    }
    throw e;
  }

  private static int report(Failure failure, CommandLine line) {
    return failure.report(line.getCommandSpec().root().name(), line.getErr());
  }
}
