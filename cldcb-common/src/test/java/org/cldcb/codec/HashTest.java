package org.cldcb.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.cldcb.format.ExampleKeys;
import org.junit.jupiter.api.Test;

class HashTest {
  private static final Hash A = Hash.of(ExampleKeys.bytes(0x0a));

  @Test
  void has32BytesAndNoOtherNumber() {
    assertThatIllegalArgumentException().isThrownBy(() -> Hash.of(new byte[31]));
    assertThatIllegalArgumentException().isThrownBy(() -> Hash.of(new byte[33]));
    assertThat(A.bytes()).isEqualTo(ExampleKeys.bytes(0x0a));
  }

  @Test
  void nobodyElseCanChangeIt() {
    byte[] bytes = ExampleKeys.bytes(0x0a);
    Hash hash = Hash.of(bytes);
    bytes[0] = 1;
    hash.bytes()[0] = 1;
    assertThat(hash).isEqualTo(A);
  }

  @Test
  void isComparedByValueWithUnsignedBytes() {
    Hash high = Hash.of(ExampleKeys.bytes(0xf0));
    assertThat(A)
        .isEqualTo(Hash.of(A.bytes()))
        .hasSameHashCodeAs(Hash.of(A.bytes()))
        .isNotEqualTo(high)
        .isNotEqualTo("0a")
        .isLessThan(high);
  }

  @Test
  void onlyAllZerosIsZero() {
    assertThat(Hash.ZERO.isZero()).isTrue();
    assertThat(Hash.of(new byte[32]).isZero()).isTrue();
    assertThat(A.isZero()).isFalse();
  }

  @Test
  void isShortInMessagesAndWholeInHex() {
    assertThat(A).hasToString("0a".repeat(8));
    assertThat(A.hex()).isEqualTo("0a".repeat(32));
  }
}
