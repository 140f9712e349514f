package org.cldcb.client.install;

import java.security.SecureRandom;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.Identity;
import org.cldcb.format.RunSource;
import org.cldcb.link.Access;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Welcome;

/**
 * The key under which this node's plugin is to write, and what the server said to it.
 *
 * @param kept it is the one of the wrapper that is already there
 */
record Delegate(Access access, Welcome welcome, boolean kept) implements AutoCloseable {

  Contact server() {
    return access.server();
  }

  Identity identity() {
    return access.identity();
  }

  PrivateKey key() {
    return access.delegateKey();
  }

  MessageSignature delegation() {
    return access.delegation();
  }

  boolean isClaimant() {
    return welcome.standing() == Standing.CLAIMANT;
  }

  /** Whether another delegate writes this backup until now. */
  boolean displacesAnother() {
    return welcome.standing() == Standing.NEW;
  }

  /** What seals under this key; close it. */
  RunSource runs(SecureRandom random) {
    return new RunSource(identity(), key(), random);
  }

  @Override
  public void close() {
    key().close();
  }
}
