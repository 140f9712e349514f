package org.cldcb.wire;

import java.util.List;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.format.ExampleKeys;

/** The messages of docs/PROTOCOL.md, with the keys of docs/FORMAT.md §11. */
public final class ExampleMessages {
  private static final Hash A = Hash.of(ExampleKeys.bytes(0xaa));
  private static final Hash B = Hash.of(ExampleKeys.bytes(0xbb));
  private static final Head HEAD = new Head(3, 41, 1041, A);
  private static final Head PARENT = new Head(3, 40, 1040, B);
  private static final Position POSITION = new Position(3, 42, 1042, A);
  private static final Flags FLAGS = new Flags(true, true, false);
  private static final byte[] PART = {1, 2, 3};

  /** One of each. */
  public static List<Message> all() {
    Claim claim = claim();
    return List.of(
        new Hello(
            Hello.VERSION,
            Mode.WRITE,
            0,
            new Network("regtest"),
            ExampleKeys.NODE.publicKey(),
            claim.delegation()),
        new Welcome(ExampleKeys.TIME, Standing.CLAIMANT, 1, 5, HEAD, PARENT, FLAGS),
        new ErrorMessage(ErrorCode.NOT_ALLOWED, "node not allowed"),
        new Superseded(claim),
        new Ping(7),
        new Pong(7),
        new Refused(RefusalCode.HEAD_MOVED, HEAD, PARENT),
        new Segment(PART),
        new ClaimRequest(1, claim.signature(), Head.EMPTY),
        new Claimed(1),
        new Hold(),
        new Held(HEAD, PARENT),
        new Append(AppendHow.APPEND, POSITION, A, PART),
        new Appended(42, B, FLAGS),
        new BeginBase(),
        new Offer(List.of(A, B)),
        new Offered(List.of(Hash.ZERO, B)),
        new Chunk(A, PART),
        new Stored(A, B),
        new PutManifest(BaseHow.ON_HEAD, POSITION, A, B, PART),
        new Based(HEAD, FLAGS),
        new GetClaims(1),
        new Claims(List.of(new StoredClaim(claim, Head.EMPTY))),
        new GetBase(B),
        new Base(POSITION, ExampleKeys.TIME, PART),
        new GetChunks(List.of(A)),
        new GetRecords(41),
        new StoredRecord(POSITION, ExampleKeys.TIME, PART),
        new End(HEAD, PARENT),
        new GetStatus(),
        new Status(1, 2, 3, 4, 5, 6, 7, 0));
  }

  private static Claim claim() {
    var delegate = ExampleKeys.DELEGATE.publicKey();
    var server = ExampleKeys.SERVER.publicKey();
    return new Claim(
        1,
        delegate,
        MessageSignature.sign(ExampleKeys.NODE, Delegation.delegationText(delegate)),
        MessageSignature.sign(ExampleKeys.NODE, Delegation.claimText(1, delegate, server)));
  }

  private ExampleMessages() {}
}
