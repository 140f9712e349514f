package org.cldcb.client.cln;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import org.cldcb.chain.Delegation;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;

/** Has a running lightningd sign. */
final class RpcSigner implements NodeSigner {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final LightningRpc rpc;
  private final PublicKey nodeId;

  private RpcSigner(LightningRpc rpc, PublicKey nodeId) {
    this.rpc = rpc;
    this.nodeId = nodeId;
  }

  static NodeSigner open(LightningRpc rpc) throws IOException {
    JsonNode info = rpc.call("getinfo", LightningRpc.params(), TIMEOUT);
    try {
      return new RpcSigner(rpc, PublicKey.fromHex(info.path("id").asText()));
    } catch (IllegalArgumentException e) {
      throw new IOException("lightningd's getinfo has no node id", e);
    }
  }

  @Override
  public PublicKey nodeId() {
    return nodeId;
  }

  @Override
  public MessageSignature sign(String message) throws IOException {
    JsonNode answer =
        rpc.call("signmessage", LightningRpc.params().put("message", message), TIMEOUT);
    try {
      MessageSignature signature = MessageSignature.parse(answer.path("zbase").asText());
      if (Delegation.signedBy(nodeId, message, signature)) {
        return signature;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("lightningd's signmessage gave no signature", e);
    }
    throw new IOException("lightningd's signmessage signed with another key than the node's");
  }

  @Override
  public void close() {
    // Every call has its own connection.
  }
}
