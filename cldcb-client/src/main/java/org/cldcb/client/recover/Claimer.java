package org.cldcb.client.recover;

import java.io.IOException;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.client.cli.Terminal;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.link.ConnectionLostException;
import org.cldcb.link.RefusedException;
import org.cldcb.wire.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Claims a backup at exactly the head that was recovered. */
final class Claimer {
  /** Each time, a writer elsewhere got in between. */
  private static final int ATTEMPTS = 30;

  private final Source source;
  private final TakeOver takeOver;
  private final Patience patience;
  private @Nullable Claim signed;

  Claimer(Source source, TakeOver takeOver, Terminal terminal) {
    this.source = source;
    this.takeOver = takeOver;
    patience = new Patience(source, terminal);
  }

  /**
   * Claims; the copy then is what the claim was made on.
   *
   * @return the claim's number
   */
  long claim(Copy copy) throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      // Asked while no session is open: an answer may take longer than a server waits.
      takeOver.require(copy.lastWrite());
      // A device may take half a minute to sign, or want a button pressed each time.
      Claim claim = signed(copy.nextClaim());
      try (Backup backup = source.server().open()) {
        copy.catchUp(backup);
        // What is left is little now: hold a busy writer for the moment that it takes.
        backup.hold();
        Head head = copy.catchUp(backup);
        if (takeOver.covers(copy.lastWrite()) && claim.number() == copy.nextClaim()) {
          backup.claim(claim, head);
          return claim.number();
        }
      } catch (RefusedException e) {
        if (e.code() != RefusalCode.HEAD_MOVED && e.code() != RefusalCode.BAD_CLAIM) {
          throw e;
        }
      } catch (ConnectionLostException e) {
        // It may have been claimed all the same: the next claim then follows that one.
        patience.after(e, copy.progress());
      }
    }
    throw RecoverMessages.keepsMoving();
  }

  /** The claim of this number; what it says doesn't depend on the head, so it is signed once. */
  private Claim signed(long number) {
    Claim claim = signed;
    if (claim == null || claim.number() != number) {
      String text = Delegation.claimText(number, source.delegate(), source.serverKey());
      MessageSignature signature = source.node().sign(text);
      claim = new Claim(number, source.delegate(), source.delegation(), signature);
      signed = claim;
    }
    return claim;
  }
}
