package org.cldcb.client;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command of the whole program does, without a terminal. */
public record CommandLineRun(int exitCode, String out, String err) {

  public static CommandLineRun of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exitCode = line.execute(words);
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }
}
