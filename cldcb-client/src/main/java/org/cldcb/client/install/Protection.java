package org.cldcb.client.install;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.LightningRpc;
import org.cldcb.client.cln.PluginControl;
import org.cldcb.client.server.ServerLink;

/** Gets the plugin of a lightningd that runs to work, and sees to it that it does. Used once. */
final class Protection {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final LightningNode node;
  private final Terminal terminal;
  private final HeadWatch watch;
  private boolean started;

  Protection(LightningNode node, ServerLink link, Terminal terminal) {
    this.node = node;
    this.terminal = terminal;
    watch = new HeadWatch(node, link, terminal);
  }

  /**
   * Begins protection, if it can begin now.
   *
   * @param changed whether the wrapper isn't the one that a plugin may already run from
   * @return the data_version that is on the server; empty if lightningd has to be started first
   */
  OptionalLong begin(Delegate delegate, Path wrapper, boolean changed) throws IOException {
    return switch (node.liveness()) {
      case RUNNING -> OptionalLong.of(start(delegate, wrapper, changed));
      case FROZEN -> resume(delegate);
      case DOWN -> OptionalLong.empty();
    };
  }

  /**
   * Whether lightningd, as it runs now, stops rather than go on without this plugin: not if the
   * plugin was started by hand, whatever the config says.
   */
  boolean isFailSafe(Path wrapper) {
    return !started && node.importantPlugins().contains(wrapper.toString());
  }

  private long start(Delegate delegate, Path wrapper, boolean changed) throws IOException {
    long before = node.database().dataVersion();
    try {
      PluginControl plugin = new PluginControl(node.rpc());
      if (changed || plugin.running().isEmpty()) {
        terminal.note(Messages.STARTING_PLUGIN);
        plugin.stop();
        plugin.start(wrapper);
        started = true;
      }
      writeOnce();
    } catch (SocketTimeoutException e) {
      // It answers nothing while it waits for the backup of a write: just what is awaited here.
      terminal.note(Messages.LIGHTNINGD_WAITS);
    }
    return watch.await(delegate.access(), before + 1);
  }

  private void writeOnce() throws IOException {
    var params = LightningRpc.params();
    params.putArray("key").add("cldcb");
    params.put("string", "backed up").put("mode", "create-or-replace");
    node.rpc().call("datastore", params, TIMEOUT);
  }

  /** A plugin that waits goes on by itself if its delegate does. */
  private OptionalLong resume(Delegate delegate) throws IOException {
    if (!delegate.kept()) {
      return OptionalLong.empty();
    }
    terminal.note(Messages.LIGHTNINGD_WAITS);
    return OptionalLong.of(watch.await(delegate.access(), node.database().dataVersion()));
  }
}
