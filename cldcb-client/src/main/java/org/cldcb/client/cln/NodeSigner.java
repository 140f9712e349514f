package org.cldcb.client.cln;

import java.io.IOException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;

/** Signs as the node, as {@code signmessage} does. */
public interface NodeSigner extends AutoCloseable {
  PublicKey nodeId();

  MessageSignature sign(String message) throws IOException;

  @Override
  void close();
}
