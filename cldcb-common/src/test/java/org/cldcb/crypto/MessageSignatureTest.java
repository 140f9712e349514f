package org.cldcb.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.cldcb.crypto.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSignatureTest {

  private static final BigInteger ORDER = Secp256k1.ORDER;

  private final PrivateKey key = PrivateKey.generate(new SecureRandom());

  /** What signmessage of three real nodes returned. */
  static Stream<Arguments> signedByLightningd() throws IOException {
    return StreamSupport.stream(Vectors.json("signmessage.json").spliterator(), false)
        .flatMap(
            node ->
                node.get("signmessage").properties().stream()
                    .map(signed -> arguments(node, signed)));
  }

  private static Arguments arguments(JsonNode node, Map.Entry<String, JsonNode> signed) {
    PublicKey id = PublicKey.fromHex(node.get("id").textValue());
    return Arguments.of(id, signed.getKey(), signed.getValue());
  }

  @ParameterizedTest
  @MethodSource("signedByLightningd")
  void readsWhatLightningdSigned(PublicKey node, String message, JsonNode signed) {
    byte[] rs = hex(signed.get("signature").textValue());
    int recoveryId = hex(signed.get("recid").textValue())[0];
    MessageSignature signature = MessageSignature.parse(signed.get("zbase").textValue());

    assertThat(signature).isEqualTo(MessageSignature.ofRecoverable(rs, recoveryId));
    assertThat(signature).isEqualTo(MessageSignature.of(signature.bytes()));
    assertThat(signature.zbase32()).isEqualTo(signed.get("zbase").textValue());
    assertThat(signature.recover(message)).contains(node);
    assertThat(signature.recover(message + " ")).isPresent().get().isNotEqualTo(node);
  }

  @Test
  void signsAnyTextDeterministically() {
    for (String message : new String[] {"", "hello", "⚡ zwölf", "x".repeat(100_000)}) {
      MessageSignature signature = MessageSignature.sign(key, message);
      assertThat(signature.recover(message)).contains(key.publicKey());
      assertThat(signature).isEqualTo(MessageSignature.sign(key, message));
      assertThat(MessageSignature.parse(signature.zbase32())).isEqualTo(signature);
    }
  }

  @Test
  void bothParitiesOccurAndSIsAlwaysLow() {
    boolean[] seen = new boolean[4];
    for (int i = 0; i < 64; i++) {
      byte[] bytes = MessageSignature.sign(key, "message " + i).bytes();
      seen[bytes[0] - 31] = true;
      assertThat(new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65)))
          .isLessThanOrEqualTo(ORDER.shiftRight(1));
    }
    assertThat(seen).startsWith(true, true);
  }

  @Test
  void anotherRecoveryIdGivesAnotherKey() {
    byte[] bytes = MessageSignature.sign(key, "hello").bytes();
    bytes[0] = (byte) (31 + ((bytes[0] - 31) ^ 1));
    assertThat(MessageSignature.of(bytes).recover("hello"))
        .isPresent()
        .get()
        .isNotEqualTo(key.publicKey());
  }

  /**
   * 5 isn't the x of any point, and hardly any r leaves room for r + order below the field's prime.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void noKeyMadeASignatureWithoutANoncePoint(int recoveryId) {
    BigInteger r = recoveryId < 2 ? BigInteger.valueOf(5) : ORDER.subtract(BigInteger.ONE);
    assertThat(MessageSignature.ofRecoverable(rs(r, BigInteger.ONE), recoveryId).recover("hello"))
        .isEmpty();
  }

  /** With R = G and s = z the signer would be (z G - z G) / r. */
  @Test
  void noKeyIsAtInfinity() {
    BigInteger r = Secp256k1.DOMAIN.getG().getAffineXCoord().toBigInteger();
    byte[] digest = BigIntegers.asUnsignedByteArray(32, BigInteger.TEN);
    assertThat(Ecdsa.recover(new Ecdsa.Signature(0, r, BigInteger.TEN), digest)).isEmpty();
  }

  /** A nonce whose point has an x beyond the order: too rare to meet, but a valid signature. */
  @Test
  void xBeyondTheOrder() {
    BigInteger r = BigInteger.ONE;
    while (MessageSignature.ofRecoverable(rs(r, BigInteger.ONE), 2).recover("hello").isEmpty()) {
      r = r.add(BigInteger.ONE);
    }
    MessageSignature signature = MessageSignature.ofRecoverable(rs(r, BigInteger.ONE), 3);
    assertThat(signature.recover("hello")).isPresent();
    assertThat(MessageSignature.parse(signature.zbase32())).isEqualTo(signature);
  }

  static Stream<Arguments> outOfRange() {
    BigInteger one = BigInteger.ONE;
    BigInteger half = ORDER.shiftRight(1);
    return Stream.of(
        Arguments.of(-1, one, one),
        Arguments.of(4, one, one),
        Arguments.of(0, BigInteger.ZERO, one),
        Arguments.of(0, ORDER, one),
        Arguments.of(0, one, BigInteger.ZERO),
        Arguments.of(0, one, half.add(one)),
        Arguments.of(0, one, ORDER));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void whatIsOutOfRangeIsRefused(int recoveryId, BigInteger r, BigInteger s) {
    byte[] rs = rs(r, s);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageSignature.ofRecoverable(rs, recoveryId))
        .withMessageStartingWith("not a signature: ");
    byte[] bytes = new byte[65];
    bytes[0] = (byte) (31 + recoveryId);
    System.arraycopy(rs, 0, bytes, 1, 64);
    assertThatIllegalArgumentException().isThrownBy(() -> MessageSignature.of(bytes));
  }

  @Test
  void theHighFormOfAGoodSignatureIsRefused() {
    byte[] bytes = MessageSignature.sign(key, "hello").bytes();
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33));
    BigInteger highS = ORDER.subtract(new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65)));
    int recoveryId = (bytes[0] - 31) ^ 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageSignature.ofRecoverable(rs(r, highS), recoveryId));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 64, 66})
  void otherLengthsAreRefused(int length) {
    byte[] bytes = Arrays.copyOf(MessageSignature.sign(key, "hello").bytes(), length);
    assertThatIllegalArgumentException().isThrownBy(() -> MessageSignature.of(bytes));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageSignature.parse(Zbase32.encode(bytes)));
  }

  private static byte[] rs(BigInteger r, BigInteger s) {
    byte[] rs = new byte[64];
    BigIntegers.asUnsignedByteArray(r, rs, 0, 32);
    BigIntegers.asUnsignedByteArray(s, rs, 32, 32);
    return rs;
  }
}
