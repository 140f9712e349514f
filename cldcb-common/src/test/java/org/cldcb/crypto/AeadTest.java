package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.cldcb.crypto.Vectors.flipBit;
import static org.cldcb.crypto.Vectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AeadTest {

  private static final byte[] KEY =
      hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  private static final byte[] NONCE = hex("070000004041424344454647");
  private static final byte[] OTHER_NONCE = new byte[12];
  private static final byte[] AAD = hex("50515253c0c1c2c3c4c5c6c7");
  private static final byte[] PLAINTEXT =
      ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future,"
              + " sunscreen would be it.")
          .getBytes(US_ASCII);
  private static final byte[] CIPHERTEXT =
      hex(
          "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
              + "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
              + "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
              + "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691");

  private final Aead aead = new Aead(KEY);

  @Test
  void rfc8439() throws AuthenticationException {
    assertThat(aead.seal(NONCE, AAD, PLAINTEXT)).isEqualTo(CIPHERTEXT);
    assertThat(aead.open(NONCE, AAD, CIPHERTEXT)).isEqualTo(PLAINTEXT);
  }

  @Test
  void sealingAgainGivesTheSameBytes() {
    for (int i = 0; i < 3; i++) {
      assertThat(aead.seal(NONCE, AAD, PLAINTEXT)).isEqualTo(CIPHERTEXT);
    }
    aead.seal(OTHER_NONCE, AAD, PLAINTEXT);
    assertThat(aead.seal(NONCE, AAD, PLAINTEXT)).isEqualTo(CIPHERTEXT);
  }

  @Test
  void whatWasSealedLastCanBeOpenedAndSealedInAnyOrder() throws AuthenticationException {
    for (int i = 0; i < 3; i++) {
      assertThat(aead.open(NONCE, AAD, CIPHERTEXT)).isEqualTo(PLAINTEXT);
      assertThat(aead.seal(NONCE, AAD, PLAINTEXT)).isEqualTo(CIPHERTEXT);
      assertThat(aead.open(NONCE, AAD, CIPHERTEXT)).isEqualTo(PLAINTEXT);
    }
  }

  @Test
  void rangesOfLargerArrays() throws AuthenticationException {
    byte[] plaintext = new byte[PLAINTEXT.length + 5];
    System.arraycopy(PLAINTEXT, 0, plaintext, 2, PLAINTEXT.length);
    byte[] ciphertext = new byte[CIPHERTEXT.length + 7];
    System.arraycopy(CIPHERTEXT, 0, ciphertext, 3, CIPHERTEXT.length);

    assertThat(aead.seal(NONCE, AAD, plaintext, 2, PLAINTEXT.length)).isEqualTo(CIPHERTEXT);
    assertThat(aead.open(NONCE, AAD, ciphertext, 3, CIPHERTEXT.length)).isEqualTo(PLAINTEXT);
  }

  @Test
  void nothingIsSealedToATag() throws AuthenticationException {
    byte[] tag = aead.seal(NONCE, new byte[0], new byte[0]);
    assertThat(tag).hasSize(Aead.TAG_BYTES);
    assertThat(aead.open(NONCE, new byte[0], tag)).isEmpty();
  }

  @Test
  void everyBitOfEverythingIsAuthenticated() {
    for (int bit = 0; bit < 8 * CIPHERTEXT.length; bit++) {
      assertRefused(NONCE, AAD, flipBit(CIPHERTEXT, bit));
    }
    for (int bit = 0; bit < 8 * AAD.length; bit++) {
      assertRefused(NONCE, flipBit(AAD, bit), CIPHERTEXT);
      assertRefused(flipBit(NONCE, bit), AAD, CIPHERTEXT);
    }
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < CIPHERTEXT.length; length++) {
      assertRefused(NONCE, AAD, Arrays.copyOf(CIPHERTEXT, length));
    }
  }

  @Test
  void opensAfterARefusal() throws AuthenticationException {
    assertRefused(NONCE, AAD, flipBit(CIPHERTEXT, 0));
    assertThat(aead.open(NONCE, AAD, CIPHERTEXT)).isEqualTo(PLAINTEXT);
  }

  @Test
  void otherKeyAndNonceLengthsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Aead(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> aead.seal(new byte[24], AAD, PLAINTEXT));
    assertThatIllegalArgumentException().isThrownBy(() -> aead.open(new byte[8], AAD, CIPHERTEXT));
  }

  @Test
  void aClosedOneIsOfNoUse() {
    aead.close();
    assertThatIllegalStateException().isThrownBy(() -> aead.seal(NONCE, AAD, PLAINTEXT));
    assertThatIllegalStateException().isThrownBy(() -> aead.open(NONCE, AAD, CIPHERTEXT));
  }

  private void assertRefused(byte[] nonce, byte[] aad, byte[] ciphertext) {
    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> aead.open(nonce, aad, ciphertext));
  }
}
