package org.cldcb.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrivateKey node = PrivateKey.generate(RANDOM);
  private final PublicKey server = PrivateKey.generate(RANDOM).publicKey();
  private final PublicKey first = PrivateKey.generate(RANDOM).publicKey();
  private final PublicKey second = PrivateKey.generate(RANDOM).publicKey();
  private final Head start = new Head(5, 100, 40, hash(1));
  private final ChainVerifier verifier = new ChainVerifier(node.publicKey(), server);

  /**
   * The first delegate claimed the empty head; the second one a head two records after the base.
   */
  @BeforeEach
  void claims() throws ChainException {
    verifier.claim(new StoredClaim(claim(1, first), Head.EMPTY));
    verifier.claim(new StoredClaim(claim(2, second), new Head(5, 102, 42, hash(3))));
  }

  @Test
  void followsAChainToTheServersHead() throws ChainException {
    base(first);
    record(start.next(41), first, 2);
    assertThat(verifier.endsAt(new Head(5, 102, 42, hash(3)))).isFalse();
    record(verifier.head().next(42), first, 3);
    record(verifier.head().next(42), second, 4);

    assertThat(verifier.head()).isEqualTo(new Head(5, 103, 42, hash(4)));
    assertThat(verifier.endsAt(new Head(6, 103, 42, hash(4)))).isTrue();
    assertThat(verifier.lastClaim()).isEqualTo(2);
  }

  @Test
  void theSecondDelegateMayReplaceTheRecordThatItClaimedOn() throws ChainException {
    base(first);
    record(start.next(41), first, 2);
    record(verifier.head().next(42), second, 9);

    assertThat(verifier.head().digest()).isEqualTo(hash(9));
  }

  @Test
  void theSecondDelegateMustNotWriteBeforeItsClaim() throws ChainException {
    base(first);

    refuses(Reason.OUTSIDE_CLAIM, () -> verifier.record(start.next(41), second));
  }

  @Test
  void theClaimNeverFalls() throws ChainException {
    base(first);
    record(start.next(41), first, 2);
    record(verifier.head().next(42), second, 3);

    refuses(Reason.OUTSIDE_CLAIM, () -> verifier.record(verifier.head().next(43), first));
  }

  @Test
  void afterAManifestOfTheSecondDelegateTheFirstIsOut() throws ChainException {
    Position onClaim = new Position(6, 102, 42, hash(3));
    verifier.base(onClaim, second);

    refuses(Reason.OUTSIDE_CLAIM, () -> verifier.record(onClaim.asHead().next(43), first));
  }

  @Test
  void aStrangersEnvelopesAreNotEvenOpened() throws ChainException {
    PublicKey stranger = PrivateKey.generate(RANDOM).publicKey();

    refuses(Reason.NO_DELEGATION, () -> verifier.manifest(position(start), stranger));
    refuses(Reason.NO_DELEGATION, () -> verifier.base(position(start), stranger));
    refuses(Reason.NO_DELEGATION, () -> verifier.chunk(hash(7), stranger));
    base(first);
    refuses(Reason.NO_DELEGATION, () -> verifier.record(start.next(41), stranger));
  }

  @Test
  void generationsNeverFallAndEndAtTheHeadsAtMost() throws ChainException {
    base(first);
    record(new Position(4, 101, 41, hash(1)), first, 2);
    record(new Position(5, 102, 42, hash(2)), first, 3);

    refuses(
        Reason.BAD_GENERATION, () -> verifier.record(new Position(4, 103, 43, hash(3)), second));
    record(new Position(6, 103, 43, hash(3)), second, 4);
    refuses(Reason.BAD_GENERATION, () -> verifier.endsAt(new Head(5, 103, 43, hash(4))));
    assertThat(verifier.endsAt(new Head(6, 103, 43, hash(4)))).isTrue();
  }

  @Test
  void aRecordMustFollowTheOneBefore() throws ChainException {
    base(first);
    record(start.next(41), first, 2);
    Head head = verifier.head();

    refuses(Reason.RECORD_REPEATED, () -> verifier.record(start.next(41), first));
    refuses(Reason.RECORD_MISSING, () -> verifier.record(new Position(5, 103, 42, hash(2)), first));
    refuses(Reason.WRONG_BRANCH, () -> verifier.record(new Position(5, 102, 42, hash(8)), first));
    refuses(Reason.VERSION_MISMATCH, () -> verifier.record(head.next(43), first));
    refuses(Reason.VERSION_MISMATCH, () -> verifier.record(head.next(40), first));
    refuses(Reason.WRONG_BRANCH, () -> verifier.endsAt(new Head(5, 101, 41, hash(8))));
    assertThat(verifier.head()).isEqualTo(head);
  }

  @Test
  void aBaseThatStartsAChainStandsOnItsStart() throws ChainException {
    base(first);
    verifier.chainStart(hash(1));

    refuses(Reason.BASE_INVALID, () -> verifier.chainStart(hash(2)));
  }

  @Test
  void aManifestStandsOnSomething() throws ChainException {
    verifier.manifest(position(start), first);
    for (Position nothing :
        new Position[] {new Position(0, 100, 40, hash(1)), new Position(5, 100, 40, Hash.ZERO)}) {
      refuses(Reason.BASE_INVALID, () -> verifier.manifest(nothing, first));
    }
  }

  @Test
  void theLayersOfABaseRiseAndSoDoTheirClaims() throws ChainException {
    verifier.base(new Position(5, 100, 40, hash(1)), first);
    for (Position below :
        new Position[] {
          new Position(5, 101, 41, hash(2)),
          new Position(6, 99, 41, hash(2)),
          new Position(6, 101, 39, hash(2))
        }) {
      refuses(Reason.BASE_INVALID, () -> verifier.base(below, first));
    }
    verifier.base(new Position(6, 100, 40, hash(1)), first);
    verifier.base(new Position(8, 102, 42, hash(3)), second);
    assertThat(verifier.head()).isEqualTo(new Head(8, 102, 42, hash(3)));
    refuses(Reason.OUTSIDE_CLAIM, () -> verifier.base(new Position(9, 102, 42, hash(3)), first));
  }

  @Test
  void claimsMustBeTheNodesAndInOrder() throws ChainException {
    Head later = new Head(5, 110, 50, hash(9));
    Claim third = claim(3, first);
    Claim forged = new Claim(3, second, third.delegation(), third.signature());

    refuses(Reason.BAD_CLAIM, () -> verifier.claim(new StoredClaim(forged, later)));
    refuses(Reason.BAD_CLAIM, () -> verifier.claim(new StoredClaim(claim(4, first), later)));
    refuses(Reason.BAD_CLAIM, () -> verifier.claim(new StoredClaim(third, start)));
    base(first);
    record(start.next(41), first, 2);
    record(verifier.head().next(42), first, 3);
    record(verifier.head().next(43), second, 4);
    refuses(
        Reason.OUTSIDE_CLAIM,
        () -> verifier.claim(new StoredClaim(third, new Head(5, 102, 42, hash(3)))));
  }

  private void base(PublicKey delegate) throws ChainException {
    verifier.base(position(start), delegate);
    assertThat(verifier.head()).isEqualTo(start);
  }

  private void record(Position position, PublicKey delegate, int digest) throws ChainException {
    verifier.record(position, delegate);
    verifier.opened(hash(digest));
  }

  private Claim claim(long number, PublicKey delegate) {
    return new Claim(
        number,
        delegate,
        MessageSignature.sign(node, Delegation.delegationText(delegate)),
        MessageSignature.sign(node, Delegation.claimText(number, delegate, server)));
  }

  private static Position position(Head head) {
    return new Position(head.generation(), head.seq(), head.dataVersion(), head.digest());
  }

  private static void refuses(Reason reason, ThrowingCallable call) {
    ChainException refusal = catchThrowableOfType(ChainException.class, call);
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  private static Hash hash(int value) {
    byte[] bytes = new byte[Hash.SIZE];
    bytes[0] = (byte) value;
    return Hash.of(bytes);
  }
}
