package org.cldcb.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.EnvelopeHeader;
import org.junit.jupiter.api.Test;

class FirstPartsTest {
  private static final int NONCE_AND_TAG = 12 + 16;
  private static final int DELEGATE = EnvelopeHeader.SIZE - 33;

  private final FirstParts parts = new FirstParts();

  private static byte[] key(int number) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) number);
    return PrivateKey.of(bytes).publicKey().bytes();
  }

  /** An envelope of one segment with so many bytes. */
  private static byte[] part(int run, int plaintext) {
    int length = NONCE_AND_TAG + plaintext;
    return new ByteWriter()
        .u8(1)
        .bytes(key(run))
        .bytes(key(100))
        .u32(1L << 31 | length)
        .bytes(new byte[length])
        .toBytes();
  }

  @Test
  void runsMayChange() throws FormatException {
    for (int run : new int[] {1, 1, 2, 2, 1}) {
      assertThat(parts.isWhole(part(run, 5))).isTrue();
    }
  }

  @Test
  void aKeyThatIsNoPointIsRefusedEachTime() throws FormatException {
    parts.isWhole(part(1, 5));
    byte[] bad = part(1, 5);
    Arrays.fill(bad, DELEGATE + 1, EnvelopeHeader.SIZE, (byte) 0xff);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> parts.isWhole(bad)).isInstanceOf(FormatException.class);
    }
    assertThat(parts.isWhole(part(1, 5))).isTrue();
  }

  @Test
  void theSegmentIsCheckedUnderAKnownHeaderToo() throws FormatException {
    byte[] good = part(1, 5);
    parts.isWhole(good);
    for (int length = 0; length < good.length; length++) {
      byte[] shorter = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> parts.isWhole(shorter)).isInstanceOf(FormatException.class);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> parts.isWhole(longer)).isInstanceOf(FormatException.class);
    byte[] empty = part(1, 0);
    assertThatThrownBy(() -> parts.isWhole(empty)).isInstanceOf(FormatException.class);
  }
}
