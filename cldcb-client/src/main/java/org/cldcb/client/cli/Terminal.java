package org.cldcb.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
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
  private final List<ProgressBar> bars = new ArrayList<>();
  private final @Nullable Answers answers;

  /** Reads the answer to a question. */
  @FunctionalInterface
  interface Answers {
    /** The line that the operator types, or null at the end of input. */
    @Nullable String ask(String question);

    /**
     * The same for a secret: never as a String.
     *
     * @param echo whether what is typed shows
     * @return the caller's to wipe
     */
    default byte @Nullable [] askSecret(String question, boolean echo) {
      @Nullable String answer = ask(question);
      return answer == null ? null : answer.getBytes(UTF_8);
    }
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
        line.getOut(), line.getErr(), yes, console == null ? null : new ConsoleAnswers(console));
  }

  /** A line of the result. */
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  /** A part of the result that is never in a String; all of it is printed, or it is a failure. */
  public void saySecret(char[] text) {
    out.write(text);
    // A writer over stdout doesn't learn what stdout keeps to itself.
    if (out.checkError() || System.out.checkError()) {
      throw Messages.notPrinted();
    }
  }

  /** A line about what is going on. */
  public void note(String line) {
    leaveBars();
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

  /**
   * A secret that the operator types.
   *
   * @param echo whether it shows on the screen
   * @return the caller's to wipe; empty if nobody is there to answer
   */
  public Optional<byte[]> askSecret(String question, boolean echo) {
    return yes ? Optional.empty() : readSecret(question, echo);
  }

  /** The same for a secret that is to be typed in even with {@code --yes}: the operator said so. */
  public Optional<byte[]> readSecret(String question, boolean echo) {
    return answers == null
        ? Optional.empty()
        : Optional.ofNullable(answers.askSecret(question, echo));
  }

  /** Whether somebody reads and types here, be it that nothing is to be asked. */
  public boolean isInteractive() {
    return answers != null;
  }

  /** Whether questions are answered by somebody who sees them. */
  public boolean asks() {
    return answers != null && !yes;
  }

  /** Shows how far long work has come: a bar on a terminal, else a line now and then. */
  public Progress progress(String what) {
    return progress(what, Messages::bytes);
  }

  /**
   * The same of what isn't counted in bytes.
   *
   * @param amount so much of it in words
   */
  public Progress progress(String what, LongFunction<String> amount) {
    Pace pace = new Pace(amount, System::nanoTime);
    if (!Boolean.getBoolean(STDERR_IS_TERMINAL)) {
      return new ProgressLines(what, pace, err);
    }
    ProgressBar made = new ProgressBar(what, pace, err);
    bars.add(made);
    return made;
  }

  /** Whatever is written next begins on a line of its own. */
  public void leaveBars() {
    bars.forEach(ProgressBar::leave);
  }
}
