package org.cldcb.server.cli;

import java.util.List;
import java.util.stream.Stream;

/** The end of a command that failed: one line that says what and why, and what to do about it. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Something didn't work. */
  public static final int FAILED = 1;

  /** The command was called in a wrong way. */
  public static final int USAGE = 2;

  private final int exitCode;
  private final List<String> hints;

  Failure(int exitCode, String message, String... hints) {
    super(message);
    this.exitCode = exitCode;
    this.hints = List.of(hints);
  }

  public int exitCode() {
    return exitCode;
  }

  /** What stderr gets. */
  public List<String> lines() {
    return Stream.concat(
            Stream.of("cldcb-server: " + getMessage()), hints.stream().map(hint -> "hint: " + hint))
        .toList();
  }
}
