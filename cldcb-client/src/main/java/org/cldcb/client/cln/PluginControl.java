package org.cldcb.client.cln;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.cldcb.contact.WrapperFile;

/** Starts and stops the plugin in a running lightningd. */
public final class PluginControl {
  private static final Duration QUICK = Duration.ofSeconds(10);

  /** lightningd itself gives a plugin 30 s to leave, and 60 s or more to start. */
  private static final Duration SLOW = Duration.ofSeconds(150);

  /** One started from each spelling of its path that somebody may have used. */
  private static final int MOST_AT_ONCE = 4;

  private final LightningRpc rpc;

  public PluginControl(LightningRpc rpc) {
    this.rpc = rpc;
  }

  /** The path by which lightningd knows the plugin, if it is there. */
  public Optional<String> running() throws IOException {
    JsonNode list = rpc.call("plugin", LightningRpc.params().put("subcommand", "list"), QUICK);
    for (JsonNode plugin : list.path("plugins")) {
      String name = plugin.path("name").asText();
      if (Path.of(name).endsWith(WrapperFile.NAME)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Stops the plugin, wherever it was started from; afterwards none runs. */
  public void stop() throws IOException {
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      Optional<String> name = running();
      if (name.isEmpty()) {
        return;
      }
      control("stop", name.get());
    }
    throw new IOException("lightningd doesn't let go of " + WrapperFile.NAME);
  }

  /**
   * Starts a plugin and waits until it has.
   *
   * @throws java.net.SocketTimeoutException where it isn't known, because lightningd waits for it
   */
  public void start(Path wrapper) throws IOException {
    control("start", wrapper.toString());
  }

  private void control(String subcommand, String plugin) throws IOException {
    rpc.call(
        "plugin", LightningRpc.params().put("subcommand", subcommand).put("plugin", plugin), SLOW);
  }
}
