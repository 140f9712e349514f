package org.cldcb.client.recover;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.cldcb.client.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A terminal where nobody answers, and what was said on it. */
final class TestTerminal {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Terminal terminal;

  TestTerminal() {
    terminal =
        Terminal.of(
            new CommandLine(new Nothing())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)),
            false);
  }

  Terminal terminal() {
    return terminal;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  @Command(name = "nothing")
  private static final class Nothing {}
}
