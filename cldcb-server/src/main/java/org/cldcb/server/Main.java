package org.cldcb.server;

import java.io.IOException;
import java.util.Objects;
import org.cldcb.cli.Failure;
import org.cldcb.server.cli.AllowCommand;
import org.cldcb.server.cli.CheckCommand;
import org.cldcb.server.cli.ContactCommand;
import org.cldcb.server.cli.ForgetCommand;
import org.cldcb.server.cli.InitCommand;
import org.cldcb.server.cli.ListCommand;
import org.cldcb.server.cli.Messages;
import org.cldcb.server.cli.RevokeCommand;
import org.cldcb.server.cli.RunCommand;
import org.cldcb.server.cli.StatusCommand;
import org.cldcb.server.cli.VersionProvider;
import org.cldcb.server.net.Fatal;
import org.cldcb.server.store.StoreException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point of {@code cldcb-server}. */
@Command(
    name = "cldcb-server",
    description = "Keeps encrypted backups of Core Lightning nodes.",
    subcommands = {
      InitCommand.class,
      RunCommand.class,
      ContactCommand.class,
      AllowCommand.class,
      RevokeCommand.class,
      ForgetCommand.class,
      ListCommand.class,
      StatusCommand.class,
      CheckCommand.class
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  cldcb-server init --data-dir /var/lib/cldcb --advertise backup.example:9736",
      "  cldcb-server run --data-dir /var/lib/cldcb",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
public final class Main implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    Fatal.install();
    System.exit(commandLine().execute(args));
  }

  /** The command line with its subcommands, ready to execute. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
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
    if (e instanceof StoreException store) {
      return report(Messages.failed(store), line);
    }
    throw e;
  }

  private static int report(Failure failure, CommandLine line) {
    return failure.report(line.getCommandSpec().root().name(), line.getErr());
  }
}
