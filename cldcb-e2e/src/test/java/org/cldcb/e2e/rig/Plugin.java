package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A plugin through its life: getmanifest, init, hooks, shutdown. */
final class Plugin {
  /** lightningd's own limit, for getmanifest and init together. */
  private static final Duration STARTUP_LIMIT = Duration.ofMinutes(2);

  private final PluginProcess process;
  private final boolean important;
  private final CompletableFuture<JsonNode> manifest;
  private volatile boolean hooked;
  private volatile boolean subscribed;
  private volatile boolean dynamic;
  private volatile boolean active;

  private Plugin(PluginProcess process, boolean important) {
    this.process = process;
    this.important = important;
    this.manifest = process.call("getmanifest", Json.object().put("allow-deprecated-apis", false));
  }

  /** Starts it and asks for its manifest. */
  static Plugin start(
      LightningDir.PluginFile file, LightningDir dir, NodeLog log, Map<String, String> environment)
      throws IOException {
    return new Plugin(
        PluginProcess.start(file.path(), dir.networkDir(), log, environment), file.important());
  }

  /** Waits for the manifest; its hooks are called from now on. */
  void awaitManifest() throws PluginGone {
    JsonNode result = result(manifest, "getmanifest");
    if (result.has("disable")) {
      throw new PluginGone(name() + " disabled itself: " + result.get("disable").asText());
    }
    dynamic = result.path("dynamic").asBoolean(true);
    result.path("subscriptions").forEach(topic -> subscribed |= topic.asText().equals("shutdown"));
    result.path("hooks").forEach(hook -> hooked |= hookName(hook).equals("db_write"));
  }

  /** Tells it that the node is configured; {@link #awaitInit} takes the answer. */
  CompletableFuture<JsonNode> sendInit(LightningDir dir, boolean startup) {
    ObjectNode configuration =
        Json.object()
            .put("lightning-dir", dir.networkDir().toString())
            .put("rpc-file", "lightning-rpc")
            .put("startup", startup)
            .put("network", dir.network());
    configuration.set(
        "feature_set",
        Json.object()
            .put("init", "800898880a8a59a1")
            .put("node", "808898880a8a59a1")
            .put("channel", "")
            .put("invoice", "02000002024100"));
    ObjectNode params = Json.object();
    params.set("options", Json.object());
    params.set("configuration", configuration);
    return process.call("init", params);
  }

  void awaitInit(CompletableFuture<JsonNode> init) throws PluginGone {
    JsonNode result = result(init, "init");
    if (result.has("disable")) {
      throw new PluginGone(name() + " disabled itself: " + result.get("disable").asText());
    }
    active = true;
  }

  /** Sends a db_write without waiting for the answer. */
  CompletableFuture<JsonNode> dbWrite(ObjectNode params) {
    return process.call("db_write", params);
  }

  PluginProcess process() {
    return process;
  }

  String name() {
    return process.name();
  }

  boolean isImportant() {
    return important;
  }

  boolean isHooked() {
    return hooked;
  }

  boolean isSubscribedToShutdown() {
    return subscribed;
  }

  boolean isDynamic() {
    return dynamic;
  }

  boolean isActive() {
    return active && !isGone();
  }

  boolean isGone() {
    return process.isGone();
  }

  private static String hookName(JsonNode hook) {
    return hook.isTextual() ? hook.asText() : hook.path("name").asText();
  }

  private JsonNode result(CompletableFuture<JsonNode> call, String method) throws PluginGone {
    try {
      JsonNode answer = call.get(STARTUP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!answer.path("result").isObject()) {
        throw new PluginGone(name() + " answered " + method + " with " + answer);
      }
      return answer.get("result");
    } catch (ExecutionException e) {
      throw new PluginGone(String.valueOf(e.getCause().getMessage()));
    } catch (TimeoutException e) {
      throw new PluginGone(name() + " didn't answer " + method + " in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginGone("interrupted");
    }
  }
}
