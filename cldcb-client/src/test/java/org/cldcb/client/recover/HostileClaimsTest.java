package org.cldcb.client.recover;

import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.StoredClaim;
import org.cldcb.crypto.PrivateKey;
import org.junit.jupiter.api.Test;

/** Claims that a server tampered with, and envelopes of those who had none. */
class HostileClaimsTest extends HostileServer {
  @Test
  void aChainByAKeyThatTheNodeNeverNamed() {
    node.changeDelegate();
    node.write(Databases.version(16));

    refused(Reason.NO_DELEGATION, "record 10 was sealed by " + node.delegate.publicKey());
  }

  @Test
  void aRecordOfAnOldDelegateAfterTheNextClaim() {
    PrivateKey old = node.delegate;
    node.changeDelegate();
    node.claim();
    node.write(Databases.version(16));
    node.sealWith(old);
    node.write(Databases.version(17));

    refused(Reason.OUTSIDE_CLAIM, "record 11 was sealed by " + old.publicKey());
  }

  @Test
  void aRecordOfANewDelegateBeforeItsClaim() {
    node.changeDelegate();
    node.write(Databases.version(16));
    node.write(Databases.version(17));
    node.claim();

    refused(Reason.OUTSIDE_CLAIM, "record 10 was sealed by " + node.delegate.publicKey());
  }

  @Test
  void aManifestOfAnOldDelegateAfterTheNextClaim() {
    PrivateKey old = node.delegate;
    node.changeDelegate();
    node.claim();
    node.write(Databases.version(16));
    node.sealWith(old);
    node.baseOnHead(database);

    refused(Reason.OUTSIDE_CLAIM, "the manifest was sealed by " + old.publicKey());
  }

  @Test
  void aClaimForAnotherServer() {
    TestNode elsewhere = new TestNode();
    Claim claim = elsewhere.signedClaim(1);
    server.claims.set(0, new StoredClaim(claim, Head.EMPTY));

    refused(Reason.BAD_CLAIM, "claim 1 isn't signed by the node");
  }

  @Test
  void aClaimUnderAnotherNumber() {
    Claim claim = node.signedClaim(2);
    server.claims.set(
        0,
        new StoredClaim(
            new Claim(1, claim.delegate(), claim.delegation(), claim.signature()), Head.EMPTY));

    refused(Reason.BAD_CLAIM, "claim 1 isn't signed by the node");
  }

  @Test
  void aClaimWithheld() {
    node.changeDelegate();
    node.claim();
    server.claims.remove(0);

    refused(Reason.BAD_CLAIM, "claim 2 came where claim 1 belongs");
  }

  @Test
  void claimsSaidToBeOutOfOrder() {
    node.changeDelegate();
    node.claim();
    Claim third = node.signedClaim(3);
    server.claims.add(new StoredClaim(third, Head.EMPTY));

    refused(Reason.BAD_CLAIM, "claim 3 is said to be older");
  }
}
