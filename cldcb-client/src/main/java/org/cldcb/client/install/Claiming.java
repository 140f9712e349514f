package org.cldcb.client.install;

import java.io.IOException;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cln.NodeSigner;
import org.cldcb.client.server.ServerLink;
import org.cldcb.link.RefusedException;
import org.cldcb.link.Session;
import org.cldcb.wire.Mode;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Welcome;

/** Makes a delegate the one writer, at the head as it is when the claim gets there. */
final class Claiming {
  /** Each time, a writer elsewhere got in between within one round trip. */
  private static final int ATTEMPTS = 30;

  private final ServerLink link;
  private final NodeSigner signer;

  Claiming(ServerLink link, NodeSigner signer) {
    this.link = link;
    this.signer = signer;
  }

  /** The number of the claim. */
  long claim(Delegate delegate) throws IOException {
    Claim claim = sign(delegate, delegate.welcome().claimNumber() + 1);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      // Signed beforehand: between the head's arrival and the claim nothing takes time.
      try (Session session = link.open(delegate.access(), Mode.READ)) {
        Welcome welcome = session.welcome();
        if (welcome.standing() == Standing.CLAIMANT) {
          // An answer that was lost: the claim was taken.
          return welcome.claimNumber();
        }
        if (welcome.claimNumber() + 1 == claim.number()) {
          session.claim(claim, welcome.head());
          return claim.number();
        }
        claim = sign(delegate, welcome.claimNumber() + 1);
      } catch (RefusedException e) {
        if (e.code() != RefusalCode.HEAD_MOVED && e.code() != RefusalCode.BAD_CLAIM) {
          throw e;
        }
      }
    }
    throw Messages.headKeepsMoving();
  }

  private Claim sign(Delegate delegate, long number) throws IOException {
    String text =
        Delegation.claimText(number, delegate.key().publicKey(), delegate.server().serverKey());
    return new Claim(number, delegate.key().publicKey(), delegate.delegation(), signer.sign(text));
  }
}
