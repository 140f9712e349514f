package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WordListTest {
  @Test
  void isTheListOfBip39() {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 2048; i++) {
      all.append(WordList.word(i)).append('\n');
      assertThat(WordList.indexOf(WordList.word(i).getBytes(US_ASCII))).isEqualTo(i);
    }
    byte[] hash = Digests.sha256(all.toString().getBytes(US_ASCII));
    // sha256sum of english.txt, as many wallets have it.
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
  }

  @Test
  void otherWordsAreNotInIt() {
    for (String word : new String[] {"", "a", "aaa", "zzz", "abandonn", "Abandon", "abando"}) {
      assertThat(WordList.indexOf(word.getBytes(US_ASCII))).isNegative();
    }
  }
}
