package org.cldcb.client.cln;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cldcb.crypto.Passphrase;

/**
 * A node on this machine, as it was found.
 *
 * @param config the configuration file that lightningd reads
 * @param alias what the node calls itself, if it answers
 * @param importantPlugins paths of the plugins without which the lightningd that runs would stop
 */
public record LightningNode(
    LightningDir dir,
    Liveness liveness,
    Path config,
    Database database,
    Optional<String> alias,
    List<String> importantPlugins) {

  public LightningRpc rpc() {
    return new LightningRpc(dir.rpcSocket());
  }

  public boolean isRunning() {
    return liveness == Liveness.RUNNING;
  }

  public boolean isDown() {
    return liveness == Liveness.DOWN;
  }

  /** The node's key: by RPC where lightningd answers, else from hsm_secret. */
  public NodeSigner openSigner(Passphrase passphrase) throws IOException {
    return isRunning() ? RpcSigner.open(rpc()) : KeySigner.open(dir, passphrase);
  }
}
