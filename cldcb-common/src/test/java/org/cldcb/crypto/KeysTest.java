package org.cldcb.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.cldcb.crypto.Vectors.hex;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {

  private static final String G =
      "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
  private static final String ORDER =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
  private static final String ORDER_LESS_1 =
      "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";

  private final SecureRandom random = new SecureRandom();

  /** The first, second and last multiple of the base point, and BOLT 8's initiator. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000001," + G,
    "0000000000000000000000000000000000000000000000000000000000000002,"
        + "02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5",
    ORDER_LESS_1 + ",0379be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    "1111111111111111111111111111111111111111111111111111111111111111,"
        + "034f355bdcb7cc0af728ef3cceb9615d90684bb5b2ca5f859ab0f0b704075871aa",
  })
  void publicKeyOfPrivateKey(String privateKey, String publicKey) {
    assertThat(PrivateKey.of(hex(privateKey)).publicKey()).isEqualTo(PublicKey.fromHex(publicKey));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000000000000000000000000000000000000000000001",
        ORDER,
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      })
  void notAPrivateKey(String bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateKey.of(hex(bytes)))
        .withMessage("not a secp256k1 private key");
  }

  /** Wrong lengths, prefixes, an x off the curve, one beyond the field, and infinity. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "0079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "0679be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
        "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179800",
        "020000000000000000000000000000000000000000000000000000000000000005",
        "02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30",
        "000000000000000000000000000000000000000000000000000000000000000000",
      })
  void notAPublicKey(String bytes) {
    assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(hex(bytes)));
    assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.fromHex(bytes));
  }

  @Test
  void hexOfAPublicKey() {
    PublicKey key = PublicKey.fromHex(G.toUpperCase(Locale.ROOT));
    assertThat(key.hex()).isEqualTo(G);
    assertThat(key).hasToString(G);
    assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.fromHex(G.replace('7', 'g')));
  }

  @Test
  void publicKeysCompareByTheirBytes() {
    PublicKey key = PublicKey.fromHex(G);
    assertThat(key).isEqualTo(PublicKey.of(hex(G))).hasSameHashCodeAs(PublicKey.of(hex(G)));
    assertThat(Stream.generate(this::randomKey).limit(50).map(PrivateKey::publicKey).sorted())
        .isSortedAccordingTo((a, b) -> a.hex().compareTo(b.hex()))
        .doesNotContain(key);
  }

  @Test
  void nobodyCanChangeAKeyFromOutside() {
    byte[] bytes = hex(G);
    PublicKey publicKey = PublicKey.of(bytes);
    bytes[5]++;
    publicKey.bytes()[5]++;
    assertThat(publicKey.bytes()).isEqualTo(hex(G));

    byte[] secret = hex(ORDER_LESS_1);
    PrivateKey privateKey = PrivateKey.of(secret);
    secret[5]++;
    privateKey.bytes()[5]++;
    assertThat(privateKey.bytes()).isEqualTo(hex(ORDER_LESS_1));
  }

  /** The first act of BOLT 8's responder vectors: its static key with the initiator's ephemeral. */
  @Test
  void ecdhIsTheHashOfTheCompressedPoint() {
    byte[] secret =
        PrivateKey.of(hex("2121212121212121212121212121212121212121212121212121212121212121"))
            .ecdh(
                PublicKey.fromHex(
                    "036360e856310ce5d294e8be33fc807077dc56ac80d95d9cd4ddbd21325eff73f7"));
    assertThat(secret)
        .isEqualTo(hex("1e2fb3c8fe8fb9f262f649f64d26ecf0f2c0a805a767cf02dc2d77a6ef1fdcc3"));
  }

  @Test
  void bothSidesGetTheSameSecret() {
    PrivateKey alice = randomKey();
    PrivateKey bob = randomKey();
    assertThat(alice.ecdh(bob.publicKey()))
        .isEqualTo(bob.ecdh(alice.publicKey()))
        .isNotEqualTo(alice.ecdh(alice.publicKey()));
  }

  @Test
  void theSecretOfKeyOneIsTheHashOfThePeersKey() {
    PublicKey peer = randomKey().publicKey();
    byte[] one = new byte[32];
    one[31] = 1;
    assertThat(PrivateKey.of(one).ecdh(peer)).isEqualTo(Digests.sha256(peer.bytes()));
  }

  @Test
  void aClosedPrivateKeyKeepsOnlyItsPublicKey() {
    PrivateKey key = randomKey();
    PublicKey publicKey = key.publicKey();
    key.close();
    assertThat(key.publicKey()).isEqualTo(publicKey);
    assertThatIllegalStateException().isThrownBy(key::bytes);
    assertThatIllegalStateException().isThrownBy(() -> key.ecdh(publicKey));
    assertThatIllegalStateException().isThrownBy(() -> MessageSignature.sign(key, "hello"));
  }

  @Test
  void aPrivateKeyDoesNotPrintItself() {
    PrivateKey key = randomKey();
    assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(key.bytes()));
  }

  private PrivateKey randomKey() {
    return PrivateKey.generate(random);
  }
}
