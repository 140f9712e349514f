package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The plugins of one lightningd process. */
final class Plugins {
  private final LightningDir dir;
  private final NodeLog log;
  private final Options options;
  private final List<Plugin> plugins = new CopyOnWriteArrayList<>();

  /**
   * None yet.
   *
   * @param options whose hookLimit is the test's patience; lightningd waits for ever
   */
  Plugins(LightningDir dir, NodeLog log, Options options) {
    this.dir = dir;
    this.log = log;
    this.options = options;
  }

  /** Starts each plugin and takes the manifests. */
  void startAll() {
    for (LightningDir.PluginFile file : dir.pluginFiles()) {
      try {
        plugins.add(start(file));
      } catch (IOException e) {
        throw new NodeDied("Failed to register " + file.path() + ": " + e.getMessage(), e);
      }
    }
    for (Plugin plugin : plugins) {
      orDrop(plugin, plugin::awaitManifest);
    }
  }

  /** Sends init to all, runs {@code meanwhile}, then takes the answers. */
  void init(Runnable meanwhile) {
    Map<Plugin, CompletableFuture<JsonNode>> inits = new LinkedHashMap<>();
    plugins.forEach(plugin -> inits.put(plugin, plugin.sendInit(dir, true)));
    meanwhile.run();
    inits.forEach((plugin, init) -> orDrop(plugin, () -> plugin.awaitInit(init)));
  }

  /** Starts one more plugin while the node runs. */
  Plugin startDynamic(Path executable) throws IOException {
    Plugin plugin = start(new LightningDir.PluginFile(executable, false));
    try {
      plugin.awaitManifest();
      if (!plugin.isDynamic()) {
        throw new PluginGone(executable + ": Not a dynamic plugin");
      }
      plugins.add(plugin);
      plugin.awaitInit(plugin.sendInit(dir, false));
      return plugin;
    } catch (PluginGone e) {
      drop(plugin);
      throw e;
    }
  }

  /** Stops a plugin as {@code plugin stop}: asks if it wants to be asked, else kills. */
  void stopDynamic(Plugin plugin) {
    if (plugin.isSubscribedToShutdown()) {
      plugin.process().notify("shutdown");
      plugin.process().awaitExit(Duration.ofSeconds(30));
    }
    drop(plugin);
  }

  Optional<Plugin> find(Path executable) {
    return plugins.stream()
        .filter(plugin -> plugin.process().executable().equals(executable))
        .findFirst();
  }

  List<Plugin> all() {
    return List.copyOf(plugins);
  }

  /**
   * Notices plugins that ended by themselves.
   *
   * @throws NodeDied if an important one did; without any other, lightningd goes on in silence
   */
  void checkAlive() {
    for (Plugin plugin : all()) {
      if (plugin.isGone()) {
        plugins.remove(plugin);
        log.add("lightningd", "info", "Killing plugin: " + plugin.name() + " exited");
        if (plugin.isImportant()) {
          throw new NodeDied(
              plugin.name() + ": Plugin marked as important, shutting down lightningd!");
        }
      }
    }
  }

  /** Sends a db_write to all that hook it. */
  Map<Plugin, CompletableFuture<JsonNode>> sendDbWrite(long dataVersion, List<String> writes) {
    ObjectNode params = Json.object().put("data_version", dataVersion);
    ArrayNode array = params.putArray("writes");
    writes.forEach(array::add);
    Map<Plugin, CompletableFuture<JsonNode>> answers = new LinkedHashMap<>();
    for (Plugin plugin : plugins) {
      if (plugin.isHooked()) {
        answers.put(plugin, plugin.dbWrite(params));
      }
    }
    return answers;
  }

  /** Waits until all said {@code continue}. */
  void awaitContinue(Map<Plugin, CompletableFuture<JsonNode>> answers) {
    answers.forEach(this::awaitContinue);
  }

  /** Kills what doesn't want to know, tells the others that the node goes down. */
  void notifyShutdown() {
    for (Plugin plugin : plugins) {
      if (plugin.isActive() && plugin.isSubscribedToShutdown()) {
        plugin.process().notify("shutdown");
      } else {
        drop(plugin);
      }
    }
  }

  boolean anyLeft() {
    plugins.removeIf(Plugin::isGone);
    return !plugins.isEmpty();
  }

  void killAll() {
    plugins.forEach(this::drop);
  }

  private void awaitContinue(Plugin plugin, CompletableFuture<JsonNode> call) {
    JsonNode answer;
    try {
      answer = call.get(options.hookLimit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new HookFailed("Plugin '" + plugin.name() + "' went away during the db_write hook", "");
    } catch (TimeoutException e) {
      throw new HookTimedOut(
          plugin.name()
              + " didn't answer db_write within "
              + options.hookLimit()
              + "; log: "
              + log.lines());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeDied("interrupted", e);
    }
    if (!answer.path("result").path("result").asText().equals("continue")) {
      throw new HookFailed(
          "Plugin '" + plugin.name() + "' returned failed db_write: " + answer + ".",
          message(answer));
    }
  }

  private static String message(JsonNode answer) {
    JsonNode error = answer.path("error").path("message");
    return error.isTextual() ? error.asText() : answer.path("result").path("message").asText();
  }

  private Plugin start(LightningDir.PluginFile file) throws IOException {
    return Plugin.start(file, dir, log, options.environment().get());
  }

  private void orDrop(Plugin plugin, StartupStep step) {
    try {
      step.run();
    } catch (PluginGone e) {
      log.add("lightningd", "unusual", "Killing plugin: " + e.getMessage());
      drop(plugin);
      if (plugin.isImportant()) {
        throw new NodeDied("Important plugin: " + e.getMessage(), e);
      }
    }
  }

  private void drop(Plugin plugin) {
    plugins.remove(plugin);
    plugin.process().kill();
  }

  private interface StartupStep {
    void run() throws PluginGone;
  }
}
