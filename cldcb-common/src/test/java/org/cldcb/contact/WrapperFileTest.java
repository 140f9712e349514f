package org.cldcb.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.format.ExampleKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrapperFileTest {
  private static final List<String> LINES =
      List.of(
          new String(WrapperFile.format(Wrappers.wrapper()), StandardCharsets.UTF_8).split("\n"));

  private static final List<String> ANOTHER_PATH = List.of(" ", "x", "\u00e4", ": 1");

  @Test
  void isWrittenAsTheGoldenFile() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream(WrapperFile.NAME)) {
      assertThat(new String(WrapperFile.format(Wrappers.wrapper()), StandardCharsets.UTF_8))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void everyFieldReadsBackAndIsWrittenBackTheSame() throws IOException {
    byte[] script = WrapperFile.format(Wrappers.wrapper());
    try (Wrapper read = WrapperFile.parse(script)) {
      assertThat(read.identity()).isEqualTo(ExampleKeys.IDENTITY);
      assertThat(read.server()).isEqualTo(Wrappers.wrapper().server());
      assertThat(read.delegateKey().bytes()).isEqualTo(Wrappers.DELEGATE_KEY);
      assertThat(read.delegation()).isEqualTo(Wrappers.wrapper().delegation());
      assertThat(read.claim()).isEqualTo(7);
      assertThat(read.chunkIdKey()).isEqualTo(Wrappers.CHUNK_ID_KEY);
      assertThat(read.database()).hasToString("/var/lib/cln/regtest/lightningd.sqlite3");
      assertThat(read.pluginExecutable()).hasToString("/usr/lib/cldcb/p");
      assertThat(WrapperFile.format(read)).isEqualTo(script);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a b/c",
        "/a\"b",
        "/a$b`c\\d",
        "/a#b;c&d",
        "/äö/😀",
        "/-",
        "/a'b",
        "/a\nb",
        "/a\u007fb",
        "/a\tb"
      })
  void pathsAreWrittenSoThatTheyReadBackOrNotAtAll(String path) throws IOException {
    boolean plain = path.chars().noneMatch(c -> c == '\'' || c < ' ' || c == 0x7f);
    for (Wrapper wrapper :
        List.of(
            Wrappers.wrapper(Path.of(path), Path.of("/p")),
            Wrappers.wrapper(Path.of("/d"), Path.of(path)))) {
      if (plain) {
        byte[] script = WrapperFile.format(wrapper);
        assertThat(WrapperFile.format(WrapperFile.parse(script))).isEqualTo(script);
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> WrapperFile.format(wrapper))
            .withMessageContaining("quote or a control character");
      }
    }
  }

  @Test
  void everyMissingRepeatedOrSwappedLineIsRefused() {
    for (int i = 0; i < LINES.size(); i++) {
      List<String> missing = new ArrayList<>(LINES);
      missing.remove(i);
      assertRefused(missing);

      List<String> repeated = new ArrayList<>(LINES);
      repeated.add(i, LINES.get(i));
      assertRefused(repeated);

      for (int j = 0; j < i; j++) {
        List<String> swapped = new ArrayList<>(LINES);
        Collections.swap(swapped, i, j);
        assertRefused(swapped);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", "# note: a", "echo", " ", "\r", "\0"})
  void aLineMoreIsRefusedAnywhere(String line) {
    for (int i = 0; i <= LINES.size(); i++) {
      List<String> more = new ArrayList<>(LINES);
      more.add(i, line);
      assertRefused(more);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", " ", "\t", "x", "\0", "'", "\u00e4", ": 1"})
  void whateverIsBehindALineIsRefused(String junk) {
    for (int i = 0; i < LINES.size(); i++) {
      boolean anotherPath = LINES.get(i).startsWith("# database: ") && ANOTHER_PATH.contains(junk);
      boolean anotherNetwork = LINES.get(i).startsWith("# network: ") && junk.equals("x");
      if (anotherPath || anotherNetwork) {
        continue;
      }
      List<String> changed = new ArrayList<>(LINES);
      changed.set(i, LINES.get(i) + junk);
      assertRefused(changed);
    }
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] script = bytes(LINES);
    for (int length = 0; length < script.length; length++) {
      assertRefused(Arrays.copyOf(script, length));
    }
  }

  @Test
  void windowsLineEndsAreRefused() {
    assertRefused((String.join("\r\n", LINES) + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** One form only: what reads is what format writes, byte for byte. */
  @ParameterizedTest
  @CsvSource({
    "claim, 07",
    "claim, +7",
    "claim, -7",
    "claim, 0",
    "claim, ٧",
    "claim, 7.0",
    "claim, 9223372036854775808",
    "claim, ''",
    "cldcb-wrapper, 2",
    "cldcb-wrapper, 01",
    "network, Regtest",
    "network, ''",
    "network, a_b",
    "node-id, 00",
    "server, a:1",
    "database, lightningd.sqlite3",
    "database, ''",
    "database, /a//b",
    "database, /a/",
    "delegation, ''",
    "delegate-key, 00",
    "chunk-id-key, 00"
  })
  void valuesOutOfShapeAreRefused(String field, String value) {
    assertRefused(withValue(field, value));
  }

  @Test
  void keysInUpperCaseOrOutOfRangeAreRefused() {
    for (String field : new String[] {"node-id", "server", "delegate-key", "chunk-id-key"}) {
      assertRefused(withValue(field, value(field).toUpperCase(java.util.Locale.ROOT)));
    }
    assertRefused(withValue("delegate-key", "00".repeat(32)));
    assertRefused(withValue("delegate-key", "ff".repeat(32)));
    assertRefused(withValue("delegate-key", "zz".repeat(32)));
    assertRefused(withValue("chunk-id-key", "ä".repeat(32)));
    assertRefused(withValue("node-id", "ff".repeat(33)));
    assertRefused(withValue("delegation", "y".repeat(104)));
    assertRefused(withValue("server", value("server").replace(":9736", "")));
  }

  @Test
  void aSecretInTheWrongPlaceIsNotQuoted() {
    for (String field :
        new String[] {
          "cldcb-wrapper", "network", "node-id", "server", "delegation", "claim", "database"
        }) {
      assertRefused(withValue(field, hex(Wrappers.DELEGATE_KEY)));
      assertRefused(withValue(field, "/" + hex(Wrappers.CHUNK_ID_KEY) + "\0"));
      assertRefused(withValue(field, hex(Wrappers.CHUNK_ID_KEY) + "00"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec ' \"$0\"",
        "exec '' \"$0\"",
        "exec 'a' \"$0\"",
        "exec '/a'; '/b' \"$0\"",
        "exec '/a'\"$0\"",
        "exec \"/a\" \"$0\"",
        "exec '/a' $0",
        "exec '/a",
        "exec '",
        "",
        "exec '/a' \"$0\" ",
        " exec '/a' \"$0\"",
        "exec '/a'' \"$0\"",
        "exec '/\0' \"$0\""
      })
  void anotherLastLineIsRefused(String last) {
    List<String> changed = new ArrayList<>(LINES);
    changed.set(changed.size() - 1, last);
    assertRefused(changed);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedInEveryLine() {
    byte[] script = bytes(LINES);
    for (int i = 0; i < script.length; i++) {
      if (script[i] == '\n') {
        byte[] changed = script.clone();
        changed[i - 1] = (byte) 0xff;
        assertRefused(changed);
      }
    }
  }

  @Test
  void whateverIsChangedIsRefusedOrWrittenBackTheSame() throws IOException {
    byte[] script = bytes(LINES);
    for (int i = 0; i < script.length; i++) {
      for (int bit : new int[] {1, 0x10, 0x20, 0x80}) {
        byte[] changed = script.clone();
        changed[i] ^= (byte) bit;
        try (Wrapper read = WrapperFile.parse(changed)) {
          assertThat(WrapperFile.format(read)).isEqualTo(changed);
        } catch (WrapperException e) {
          assertTellsNoSecret(e);
        }
      }
    }
  }

  @Test
  void moreThanSixteenKilobytesAreRefused() {
    assertRefused(withValue("database", "/" + "a".repeat(16_384)));
    assertRefused(new byte[1 << 20]);
  }

  @Test
  void everyMessageSaysWhatToDo() {
    assertThatThrownBy(() -> WrapperFile.parse(new byte[0]))
        .isInstanceOf(WrapperException.class)
        .hasMessageStartingWith("not a usable cldcb-plugin-wrapper: ")
        .hasMessageEndingWith("; run cldcb-client install again");
  }

  private static List<String> withValue(String field, String value) {
    List<String> changed = new ArrayList<>(LINES);
    changed.replaceAll(
        line -> line.startsWith("# " + field + ": ") ? "# " + field + ": " + value : line);
    assertThat(changed).isNotEqualTo(LINES);
    return changed;
  }

  private static String value(String field) {
    String prefix = "# " + field + ": ";
    return LINES.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(List<String> lines) {
    assertRefused(bytes(lines));
  }

  private static void assertRefused(byte[] script) {
    byte[] before = script.clone();
    try (Wrapper read = WrapperFile.parse(script)) {
      throw new AssertionError(
          "read as " + read + " from " + new String(script, StandardCharsets.UTF_8));
    } catch (IOException e) {
      assertThat(e).isInstanceOf(WrapperException.class);
      assertTellsNoSecret((WrapperException) e);
    }
    assertThat(script).isEqualTo(before);
  }

  private static void assertTellsNoSecret(WrapperException e) {
    assertThat(e).hasNoCause();
    for (byte[] secret : new byte[][] {Wrappers.DELEGATE_KEY, Wrappers.CHUNK_ID_KEY}) {
      String raw = new String(secret, StandardCharsets.ISO_8859_1);
      for (int i = 0; i + 4 <= secret.length; i++) {
        assertThat(e.getMessage())
            .doesNotContainIgnoringCase(hex(Arrays.copyOfRange(secret, i, i + 4)))
            .doesNotContain(raw.substring(i, i + 4));
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
