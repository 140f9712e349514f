package org.cldcb.e2e.rig;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** lightningd's log, over all its starts. Thread-safe. */
public final class NodeLog {
  private final List<LogLine> lines = new CopyOnWriteArrayList<>();

  private final Consumer<LogLine> listener;

  NodeLog(Consumer<LogLine> listener) {
    this.listener = listener;
  }

  void add(String source, String level, String message) {
    LogLine line = new LogLine(source, level, message);
    lines.add(line);
    listener.accept(line);
  }

  /** All lines up to now. */
  public List<LogLine> lines() {
    return List.copyOf(lines);
  }

  /** The messages of this level up to now. */
  public List<String> messages(String level) {
    return lines.stream().filter(line -> line.level().equals(level)).map(LogLine::message).toList();
  }

  /** Whether a message holds {@code text}. */
  public boolean has(String text) {
    return lines.stream().anyMatch(line -> line.message().contains(text));
  }

  /**
   * Waits for a line.
   *
   * @throws AssertionError if none comes in time
   */
  public void await(Predicate<LogLine> wanted, Duration limit) {
    Waiting.until(() -> lines.stream().anyMatch(wanted), limit, () -> "a log line; have: " + lines);
  }
}
