package org.cldcb.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a command that failed: one line that says what and why, and what to do about it. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Something didn't work. */
  public static final int FAILED = 1;

  /** The command was called in a wrong way, or a question stayed without answer. */
  public static final int USAGE = 2;

  private final int exitCode;
  private final List<String> hints;

  private Failure(int exitCode, String message, String... hints) {
    super(message);
    this.exitCode = exitCode;
    this.hints = List.of(hints);
  }

  /**
   * Something didn't work.
   *
   * @param message {@code what: why}
   * @param hints each a line that says what to do
   */
  public static Failure failed(String message, String... hints) {
    return new Failure(FAILED, message, hints);
  }

  /** The command was called in a wrong way. */
  public static Failure usage(String message, String... hints) {
    return new Failure(USAGE, message, hints);
  }

  /**
   * The command was called in a way that its options don't allow.
   *
   * @param what why, in its first line
   * @param command with the program's name
   */
  public static Failure misused(@Nullable String what, String command) {
    return usage(
        what == null ? "wrong usage" : what.lines().findFirst().orElse(what),
        "run: " + command + " --help");
  }

  public int exitCode() {
    return exitCode;
  }

  public List<String> hints() {
    return hints;
  }

  /**
   * Says it on stderr.
   *
   * @param program whose command it was
   * @return the exit code
   */
  public int report(String program, PrintWriter err) {
    err.println(program + ": " + getMessage());
    hints.forEach(hint -> err.println("hint: " + hint));
    err.flush();
    return exitCode;
  }
}
