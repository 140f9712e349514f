package org.cldcb.client.recover;

import java.util.List;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;

/**
 * A node's key that writes down what it is asked.
 *
 * @param points of the ECDH requests until now
 * @param texts that it was asked to sign until now
 */
record AskedKey(NodeKey key, List<PublicKey> points, List<String> texts) implements NodeKey {
  @Override
  public PublicKey nodeId() {
    return key.nodeId();
  }

  @Override
  public byte[] ecdh(PublicKey peer) {
    points.add(peer);
    return key.ecdh(peer);
  }

  @Override
  public MessageSignature sign(String message) {
    texts.add(message);
    return key.sign(message);
  }

  @Override
  public void close() {
    key.close();
  }
}
