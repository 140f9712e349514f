package org.cldcb.e2e.rig;

import java.util.List;

/**
 * Plays a trace on a node through all its starts and ends. A test may do something else to the node
 * in between, even leave it down. Not thread-safe.
 */
public final class TracePlayer {
  private final FakeLightningd node;
  private final List<Boot> boots;
  private int boot;
  private int position;
  private boolean booted;

  public TracePlayer(FakeLightningd node, Trace trace) {
    this.node = node;
    this.boots = trace.boots();
  }

  /** The write that comes next while the node runs; only if {@link #hasRunningWrite}. */
  public Write peek() {
    return boots.get(boot).running().get(position);
  }

  /** Whether the node runs, and the next event is a write. */
  public boolean hasRunningWrite() {
    return booted && position < boots.get(boot).running().size();
  }

  /** Plays at least this many writes, or to the end; returns how many it were. */
  public int play(int writes) {
    int played = 0;
    while (played < writes && !isAtEnd()) {
      played += step();
    }
    return played;
  }

  /** Plays the rest; the node is down at the end, if the recorded one was. */
  public int playAll() {
    return play(Integer.MAX_VALUE);
  }

  public boolean isAtEnd() {
    return boot == boots.size();
  }

  private int step() {
    Boot now = boots.get(boot);
    if (!booted) {
      node.boot(now);
      booted = true;
      return now.preInit().size();
    }
    if (!node.isUp()) {
      node.boot();
    }
    if (position < now.running().size()) {
      node.replay(now.running().get(position));
      position++;
      return 1;
    }
    ShutdownReport end = node.shutdown(now);
    boot++;
    position = 0;
    booted = false;
    return end.writes();
  }
}
