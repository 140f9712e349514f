package org.cldcb.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.ExampleKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrapperTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve(WrapperFile.NAME), WrapperFile.format(Wrappers.wrapper()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx------", "rw-------", "r--------", "rwx--x--x"})
  void isReadIfOnlyItsOwnerMayReadIt(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    try (Wrapper wrapper = WrapperFile.read(file)) {
      assertThat(wrapper.claim()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rwxr-x---", "rwx---r--", "rwxr-----", "rwx-w----", "rwx----w-", "rwxrwxrwx"})
  void isRefusedWithTheRemedyIfOthersMayReadOrWriteIt(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> WrapperFile.read(file))
        .isInstanceOf(WrapperException.class)
        .hasMessageEndingWith("run: chmod 700 '" + file + "'");
  }

  @Test
  void isRefusedIfItIsLargerThanAnyWrapper() throws IOException {
    Files.write(file, new byte[16_385]);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    assertThatThrownBy(() -> WrapperFile.read(file))
        .isInstanceOf(WrapperException.class)
        .hasMessageContaining("larger than any wrapper");
  }

  @Test
  void aMissingFileIsAnotherMatter() {
    assertThatIOException()
        .isThrownBy(() -> WrapperFile.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void closingWipesItsKeys() {
    Wrapper wrapper = Wrappers.wrapper();
    wrapper.close();
    assertThat(wrapper.chunkIdKey()).containsOnly(0);
    assertThatThrownBy(() -> wrapper.delegateKey().bytes())
        .isInstanceOf(IllegalStateException.class);
    assertThatCode(wrapper::close).doesNotThrowAnyException();
  }

  @Test
  void printsNoKey() {
    assertThat(Wrappers.wrapper().toString())
        .doesNotContain(HexFormat.of().formatHex(Wrappers.DELEGATE_KEY).substring(0, 8))
        .doesNotContain(HexFormat.of().formatHex(Wrappers.CHUNK_ID_KEY).substring(0, 8));
  }

  @Test
  void itsFolderIsTheDatabases() {
    assertThat(Wrappers.wrapper().folder()).hasToString("/var/lib/cln/regtest");
  }

  @Test
  void isSupersededOnlyByAProvenNewerClaimOfAnotherDelegateOnItsServer() {
    PublicKey other = ExampleKeys.key(0x23).publicKey();
    PublicKey mine = Wrappers.wrapper().delegateKey().publicKey();
    PublicKey server = ExampleKeys.SERVER.publicKey();
    PrivateKey node = ExampleKeys.NODE;
    Wrapper wrapper = Wrappers.wrapper();
    assertThat(wrapper.isSupersededBy(claim(node, 8, other, server))).isTrue();
    assertThat(wrapper.isSupersededBy(claim(node, 100, other, server))).isTrue();
    assertThat(wrapper.isSupersededBy(claim(node, 7, other, server))).isFalse();
    assertThat(wrapper.isSupersededBy(claim(node, 6, other, server))).isFalse();
    assertThat(wrapper.isSupersededBy(claim(node, 8, mine, server))).isFalse();
    assertThat(wrapper.isSupersededBy(claim(node, 8, other, other))).isFalse();
    assertThat(wrapper.isSupersededBy(claim(ExampleKeys.SERVER, 8, other, server))).isFalse();
    Claim good = claim(node, 8, other, server);
    assertThat(
            wrapper.isSupersededBy(
                new Claim(9, good.delegate(), good.delegation(), good.signature())))
        .isFalse();
    assertThat(
            wrapper.isSupersededBy(
                new Claim(8, good.delegate(), good.signature(), good.signature())))
        .isFalse();
  }

  private static Claim claim(PrivateKey node, long number, PublicKey delegate, PublicKey server) {
    return new Claim(
        number,
        delegate,
        MessageSignature.sign(node, Delegation.delegationText(delegate)),
        MessageSignature.sign(node, Delegation.claimText(number, delegate, server)));
  }
}
