package org.cldcb.client.cln;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.cldcb.chain.Network;
import org.cldcb.client.cli.Messages;
import org.jspecify.annotations.Nullable;

/** Finds a node from its folder, whether lightningd runs or not. */
public final class NodeFinder {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private NodeFinder() {}

  /**
   * Looks for a node.
   *
   * @param base lightningd's folder, absolute
   * @param network null: what the folder shows
   */
  public static LightningNode find(Path base, @Nullable Network network) throws IOException {
    if (!Files.isDirectory(base)) {
      throw Messages.noFolder(base);
    }
    LightningDir dir = new LightningDir(base, network != null ? network : NetworkFinder.find(base));
    LightningRpc rpc = new LightningRpc(dir.rpcSocket());
    if (rpc.isListening()) {
      try {
        return running(dir, rpc);
      } catch (IOException e) {
        // It may have gone away between the two: then nobody listens any more.
        return silent(dir, rpc.isListening() ? Liveness.FROZEN : null);
      }
    }
    return silent(dir, null);
  }

  private static LightningNode running(LightningDir given, LightningRpc rpc) throws IOException {
    JsonNode info = rpc.call("getinfo", LightningRpc.params(), TIMEOUT);
    NodeConfig config = NodeConfig.of(rpc.call("listconfigs", LightningRpc.params(), TIMEOUT));
    Path base = config.get("lightning-dir").map(Path::of).orElse(given.base());
    if (Files.notExists(base) || !Files.isSameFile(base, given.base())) {
      throw Messages.otherFolder(base, given.base());
    }
    LightningDir dir = new LightningDir(base, given.network());
    return new LightningNode(
        dir,
        Liveness.RUNNING,
        config.get("conf").map(base::resolve).orElse(dir.config()),
        database(dir, config, Liveness.RUNNING),
        Optional.ofNullable(info.path("alias").textValue()),
        config.importantPlugins());
  }

  private static LightningNode silent(LightningDir dir, @Nullable Liveness known)
      throws IOException {
    NodeConfig config = NodeConfig.read(dir.config(), dir.networkConfig());
    Path pidFile = config.get("pid-file").map(dir.base()::resolve).orElse(dir.pidFile());
    Liveness liveness = known;
    if (liveness == null) {
      liveness = PidFile.isHeld(pidFile) ? Liveness.FROZEN : Liveness.DOWN;
    }
    return new LightningNode(
        dir,
        liveness,
        dir.config(),
        database(dir, config, liveness),
        Optional.empty(),
        config.importantPlugins());
  }

  private static Database database(LightningDir dir, NodeConfig config, Liveness liveness) {
    Path file =
        config
            .get("wallet")
            .map(wallet -> WalletOption.database(wallet, dir.networkFolder()))
            .orElse(dir.defaultDatabase());
    return new Database(file, liveness);
  }
}
