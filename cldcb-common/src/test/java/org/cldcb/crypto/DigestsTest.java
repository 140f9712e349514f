package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.crypto.Vectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DigestsTest {

  private static final byte[] ABC = {'a', 'b', 'c'};

  @Test
  void sha256OfTheStandardsExample() {
    assertThat(Digests.sha256(ABC))
        .asHexString()
        .isEqualToIgnoringCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void sha256dHashesTwice() {
    assertThat(Digests.sha256d("hello".getBytes(US_ASCII)))
        .isEqualTo(hex("9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50"));
  }

  @Test
  void partsAreConcatenated() {
    byte[][] parts = {{'a'}, {}, {'b', 'c'}};
    assertThat(Digests.sha256(parts)).isEqualTo(Digests.sha256(ABC));
    assertThat(Digests.sha256d(parts)).isEqualTo(Digests.sha256d(ABC));
    assertThat(Digests.hmacSha256(ABC, parts)).isEqualTo(Digests.hmacSha256(ABC, ABC));
  }

  @Test
  void hmacOfRfc4231() {
    byte[] key = new byte[20];
    Arrays.fill(key, (byte) 0x0b);
    assertThat(Digests.hmacSha256(key, "Hi There".getBytes(US_ASCII)))
        .isEqualTo(hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    assertThat(
            Digests.hmacSha256(
                "Jefe".getBytes(US_ASCII), "what do ya want for nothing?".getBytes(US_ASCII)))
        .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  }

  @Test
  void hmacTakesAnEmptyKey() {
    assertThat(Digests.hmacSha256(new byte[0]))
        .isEqualTo(hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
  }
}
