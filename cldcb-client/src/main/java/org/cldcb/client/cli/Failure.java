package org.cldcb.client.cli;

import java.util.List;
import java.util.stream.Stream;

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

  public int exitCode() {
    return exitCode;
  }

  public List<String> hints() {
    return hints;
  }

  /** What stderr gets. */
  public List<String> lines() {
    return Stream.concat(
            Stream.of("cldcb-client: " + getMessage()), hints.stream().map(hint -> "hint: " + hint))
        .toList();
  }
}
