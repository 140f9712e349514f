package org.cldcb.client.install;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.server.ServerLink;
import org.cldcb.link.Access;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.wire.Mode;

/** Waits until the server has what lightningd wrote. */
final class HeadWatch {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration NEWS_INTERVAL = Duration.ofSeconds(30);
  private static final int PAUSE_MILLIS = 500;

  private final LightningNode node;
  private final ServerLink link;
  private final Terminal terminal;

  HeadWatch(LightningNode node, ServerLink link, Terminal terminal) {
    this.node = node;
    this.link = link;
    this.terminal = terminal;
  }

  /** The data_version of the backup, once it is complete and at least this. */
  long await(Access access, long target) throws IOException {
    long start = System.nanoTime();
    long lastNews = start;
    for (Sight sight = look(access, target); ; sight = look(access, target)) {
      if (sight.arrived()) {
        return sight.version();
      }
      if (node.isRunning() && !node.rpc().isListening()) {
        throw Messages.lightningdStopped();
      }
      long now = System.nanoTime();
      if (now - start > PATIENCE.toNanos()) {
        throw Messages.notProtectedYet(sight.news());
      }
      if (now - lastNews > NEWS_INTERVAL.toNanos()) {
        lastNews = now;
        terminal.note(sight.news());
      }
      pause();
    }
  }

  private Sight look(Access access, long target) {
    try (Session session = link.open(access, Mode.READ)) {
      long version = session.welcome().head().dataVersion();
      boolean usable = session.welcome().flags().usableBase();
      return new Sight(
          usable && version >= target, version, Messages.waiting(usable, version, target));
    } catch (SupersededException e) {
      throw Messages.supersededMeanwhile(e);
    } catch (Failure e) {
      // The plugin, too, tries again.
      return new Sight(false, 0, Messages.reason(e));
    }
  }

  /** How things stand at one moment. */
  private record Sight(boolean arrived, long version, String news) {}

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
