package org.cldcb.vectors;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.util.BigIntegers;
import org.cldcb.chain.Delegation;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Zbase32;
import org.cldcb.format.ExampleKeys;

/** Delegations and claims, FORMAT §9: the payload is the text's signature in zbase32. */
final class SignatureKind implements Kind {
  private static final PublicKey DELEGATE = ExampleKeys.DELEGATE.publicKey();
  private static final PublicKey SERVER = ExampleKeys.SERVER.publicKey();

  /** Of secp256k1. */
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

  @Override
  public String name() {
    return "signature";
  }

  @Override
  public List<Vector> all() {
    String text = Delegation.delegationText(DELEGATE);
    String delegation = MessageSignature.sign(ExampleKeys.NODE, text).zbase32();
    String claim =
        MessageSignature.sign(ExampleKeys.NODE, Delegation.claimText(1, DELEGATE, SERVER))
            .zbase32();
    String stranger = MessageSignature.sign(ExampleKeys.key(0x12), text).zbase32();
    return List.of(
        delegation("ok-delegation", Vector.OK, "a delegation", delegation),
        claim("ok-claim", Vector.OK, "a claim", claim),
        delegation("unsigned-by-another", "unsigned", "another node's signature", stranger),
        delegation("unsigned-delegate", "unsigned", "for another delegate", delegation)
            .with("delegate", SERVER.hex()),
        claim("unsigned-number", "unsigned", "under another number", claim).with("number", "2"),
        claim("unsigned-server", "unsigned", "for another server", claim)
            .with("server", DELEGATE.hex()),
        claim("unsigned-delegation", "unsigned", "a delegation in place of a claim", delegation),
        delegation(
            "unsigned-recovery-byte", "unsigned", "another recovery id", otherId(delegation)),
        delegation(
            "malformed-short", "malformed", "a character is missing", delegation.substring(1)),
        delegation("malformed-long", "malformed", "five bytes too many", delegation + "yyyyyyyy"),
        delegation("malformed-high-s", "malformed", "s in the upper half", highS(delegation)),
        delegation(
            "malformed-character",
            "malformed",
            "a character that isn't zbase32's",
            "l" + delegation.substring(1)),
        delegation(
            "malformed-recovery-byte",
            "malformed",
            "no recovery byte",
            "y" + delegation.substring(1)),
        delegation("malformed-empty", "malformed", "no signature", ""));
  }

  private static String otherId(String zbase32) {
    byte[] bytes = MessageSignature.parse(zbase32).bytes();
    return MessageSignature.of(Bytes.flipped(bytes, 0)).zbase32();
  }

  /** The order less s, with the other recovery id: as good a signature to who doesn't look. */
  private static String highS(String zbase32) {
    byte[] bytes = Bytes.flipped(Zbase32.decode(zbase32), 0);
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65));
    byte[] high = BigIntegers.asUnsignedByteArray(32, ORDER.subtract(s));
    return Zbase32.encode(Bytes.put(bytes, 33, high));
  }

  private static Vector claim(String name, String expect, String comment, String zbase32) {
    return delegation(name, expect, comment, zbase32)
        .with("number", "1")
        .with("server", SERVER.hex());
  }

  private static Vector delegation(String name, String expect, String comment, String zbase32) {
    byte[] payload = zbase32.getBytes(StandardCharsets.US_ASCII);
    return Vector.of("signature/" + name, expect, comment, payload)
        .with("node-id", ExampleKeys.NODE.publicKey().hex())
        .with("delegate", DELEGATE.hex());
  }

  @Override
  public String read(Vector vector) {
    PublicKey delegate = PublicKey.fromHex(vector.field("delegate"));
    String text =
        vector.has("number")
            ? Delegation.claimText(
                vector.number("number"), delegate, PublicKey.fromHex(vector.field("server")))
            : Delegation.delegationText(delegate);
    try {
      String zbase32 = new String(vector.payload(), StandardCharsets.US_ASCII);
      MessageSignature signature = MessageSignature.parse(zbase32);
      PublicKey node = PublicKey.fromHex(vector.field("node-id"));
      return Delegation.signedBy(node, text, signature) ? Vector.OK : "unsigned";
    } catch (IllegalArgumentException e) {
      return "malformed";
    }
  }
}
