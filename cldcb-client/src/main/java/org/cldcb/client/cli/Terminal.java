package org.cldcb.client.cli;

import java.io.Console;
import java.io.PrintWriter;
import org.cldcb.base.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * The operator: results go to stdout, all else to stderr; questions are asked only where somebody
 * can answer. Not thread-safe.
 */
public final class Terminal {
  /** Set by the launcher where stderr is a terminal. */
  private static final String STDERR_IS_TERMINAL = "cldcb.stderr.terminal";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean yes;
  private final @Nullable Answers answers;

  /** Reads the answer to a question. */
  @FunctionalInterface
  interface Answers {
    /** The line that the operator types, or null at the end of input. */
    @Nullable String ask(String question);
  }

  Terminal(PrintWriter out, PrintWriter err, boolean yes, @Nullable Answers answers) {
    this.out = out;
    this.err = err;
    this.yes = yes;
    this.answers = answers;
  }

  /**
   * The terminal of a command.
   *
   * @param yes answer every question that has a yes with it, ask nothing
   */
  public static Terminal of(CommandLine line, boolean yes) {
    @Nullable Console console = System.console();
    return new Terminal(
        line.getOut(),
        line.getErr(),
        yes,
        console == null ? null : question -> console.readLine("%s ", question));
  }

  /** A line of the result. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A line about what is going on. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  /** Something that the operator should know of, but that stops nothing. */
  public void warn(String line) {
    note("cldcb-client: warning: " + line);
  }

  /** Goes on only if the operator agrees; {@code --yes} does. */
  public void confirm(String question) {
    if (yes) {
      return;
    }
    if (answers == null) {
      throw Messages.unconfirmed(question);
    }
    @Nullable String answer = answers.ask(question + " [y/N]");
    if (answer == null || !answer.strip().matches("(?i)y|yes")) {
      throw Messages.declined();
    }
  }

  /**
   * The operator's answer to a question that has no default.
   *
   * @param option what gives the answer where nobody can be asked
   */
  public String ask(String question, String option) {
    if (yes || answers == null) {
      throw Messages.missing(option);
    }
    @Nullable String answer = answers.ask(question);
    if (answer == null || answer.isBlank()) {
      throw Messages.missing(option);
    }
    return answer.strip();
  }

  /** Shows how far long work has come: a bar on a terminal, else a line now and then. */
  public Progress progress(String what) {
    return Boolean.getBoolean(STDERR_IS_TERMINAL)
        ? new ProgressBar(what, err)
        : new ProgressLines(what, err);
  }
}
