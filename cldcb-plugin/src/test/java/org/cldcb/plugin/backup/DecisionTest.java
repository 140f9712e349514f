package org.cldcb.plugin.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.junit.jupiter.api.Test;

/** The decision table of DESIGN: V is the call's version, D the one on disk, H the head's. */
class DecisionTest {
  private static final Head NO_PARENT = Head.EMPTY;

  @Test
  void appendsATransactionWhenInStep() {
    assertThat(Decision.of(8, 7, head(7), head(6), true)).isEqualTo(Decision.APPEND);
  }

  @Test
  void appendsAPragmaWhenInStep() {
    assertThat(Decision.of(7, 7, head(7), head(6), true)).isEqualTo(Decision.APPEND);
  }

  @Test
  void appendsToABaseWithoutRecords() {
    assertThat(Decision.of(8, 7, head(7), NO_PARENT, true)).isEqualTo(Decision.APPEND);
  }

  @Test
  void replacesARecordThatNeverCommitted() {
    assertThat(Decision.of(8, 7, head(8), head(7), true)).isEqualTo(Decision.REPLACE);
  }

  @Test
  void replacesItByAPragmaToo() {
    assertThat(Decision.of(7, 7, head(8), head(7), true)).isEqualTo(Decision.REPLACE);
  }

  @Test
  void neverReplacesAPragmaWhoseVersionIsProvenCommitted() {
    // The head is a PRAGMA of version 8 after a transaction of version 8: 8 did commit.
    assertThat(Decision.of(8, 7, head(8), head(8), true)).isEqualTo(Decision.BEHIND);
  }

  @Test
  void neverReplacesWhatABaseContains() {
    assertThat(Decision.of(8, 7, head(8), NO_PARENT, true)).isEqualTo(Decision.BEHIND);
  }

  @Test
  void makesABaseWhenWritesWereMissed() {
    assertThat(Decision.of(10, 9, head(8), head(7), true)).isEqualTo(Decision.BASE);
    assertThat(Decision.of(9, 9, head(8), head(7), true)).isEqualTo(Decision.BASE);
  }

  @Test
  void makesABaseWhenTheServerHasNothing() {
    assertThat(Decision.of(1, 0, Head.EMPTY, NO_PARENT, false)).isEqualTo(Decision.BASE);
    assertThat(Decision.of(500, 499, Head.EMPTY, NO_PARENT, false)).isEqualTo(Decision.BASE);
  }

  @Test
  void makesABaseWhenTheServersIsNotUsable() {
    assertThat(Decision.of(8, 7, head(7), head(6), false)).isEqualTo(Decision.BASE);
    assertThat(Decision.of(8, 7, head(8), head(7), false)).isEqualTo(Decision.BASE);
  }

  @Test
  void haltsWhenTheDatabaseIsOlder() {
    assertThat(Decision.of(8, 7, head(9), head(8), true)).isEqualTo(Decision.BEHIND);
    assertThat(Decision.of(1, 0, head(5000), head(4999), true)).isEqualTo(Decision.BEHIND);
    assertThat(Decision.of(8, 7, head(9), head(8), false)).isEqualTo(Decision.BEHIND);
  }

  @Test
  void decidesNothingOnAVersionThatIsNotThisDatabases() {
    assertThat(Decision.of(9, 7, head(7), head(6), true)).isEqualTo(Decision.MISFIT);
    assertThat(Decision.of(6, 7, head(7), head(6), true)).isEqualTo(Decision.MISFIT);
    assertThat(Decision.of(501, 0, head(5000), head(4999), true)).isEqualTo(Decision.MISFIT);
  }

  private static Head head(long version) {
    byte[] digest = new byte[32];
    Arrays.fill(digest, (byte) version);
    return new Head(1, 100 + version, version, Hash.of(digest));
  }
}
