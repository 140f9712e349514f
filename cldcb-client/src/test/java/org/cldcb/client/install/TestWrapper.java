package org.cldcb.client.install;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Network;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.Identity;

/** Wrappers of some node. */
final class TestWrapper {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TestWrapper() {}

  static Wrapper of(PrivateKey node, String network, Contact server) {
    PrivateKey delegate = PrivateKey.generate(RANDOM);
    byte[] chunkIdKey = new byte[32];
    RANDOM.nextBytes(chunkIdKey);
    return new Wrapper(
        new Identity(new Network(network), node.publicKey()),
        server,
        delegate,
        MessageSignature.sign(node, Delegation.delegationText(delegate.publicKey())),
        1,
        chunkIdKey,
        Path.of("/d/lightningd.sqlite3"),
        Path.of("/opt/cldcb/bin/cldcb-plugin"));
  }

  static Wrapper any() {
    PrivateKey node = PrivateKey.generate(RANDOM);
    return of(node, "regtest", new Contact(node.publicKey(), "localhost", 1));
  }
}
