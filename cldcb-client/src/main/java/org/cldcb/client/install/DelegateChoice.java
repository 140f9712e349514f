package org.cldcb.client.install;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.cldcb.chain.Delegation;
import org.cldcb.cli.Failure;
import org.cldcb.client.cln.NodeSigner;
import org.cldcb.client.server.ServerLink;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.Identity;
import org.cldcb.link.Access;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.wire.Mode;

/**
 * Decides whether the wrapper's delegate goes on or a new one takes over. It asks the server, which
 * changes nothing, and shows that the server can be reached and takes this node.
 */
final class DelegateChoice {
  private final ServerLink link;
  private final NodeSigner signer;
  private final SecureRandom random;

  DelegateChoice(ServerLink link, NodeSigner signer, SecureRandom random) {
    this.link = link;
    this.signer = signer;
    this.random = random;
  }

  /** The delegate for this server. */
  Delegate choose(Contact server, Identity identity, Optional<Wrapper> old) throws IOException {
    if (old.isPresent() && old.get().server().serverKey().equals(server.serverKey())) {
      Optional<Delegate> kept = keep(server, old.get());
      if (kept.isPresent()) {
        return kept.get();
      }
    }
    return make(server, identity);
  }

  /**
   * The old delegate, unless it was superseded. If the server doesn't know it as the writer, it has
   * lost its store, or what it knows is older than the claim: a plugin that waits goes on by itself
   * once its delegate is claimed again.
   */
  private Optional<Delegate> keep(Contact server, Wrapper old) {
    Access access = new Access(server, old.identity(), old.delegateKey(), old.delegation());
    try (Session session = link.open(access, Mode.READ)) {
      return Optional.of(new Delegate(access, session.welcome(), true));
    } catch (SupersededException e) {
      return Optional.empty();
    }
  }

  private Delegate make(Contact server, Identity identity) throws IOException {
    PrivateKey key = PrivateKey.generate(random);
    try {
      MessageSignature delegation = signer.sign(Delegation.delegationText(key.publicKey()));
      Access access = new Access(server, identity, key, delegation);
      try (Session session = link.open(access, Mode.READ)) {
        return new Delegate(access, session.welcome(), false);
      }
    } catch (IOException | Failure e) {
      key.close();
      throw e;
    }
  }
}
