package org.cldcb.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 1025, 5000, 1 << 20})
  void givesBackWhatWasWrittenWhereverItLies(int limit) throws IOException {
    Random random = new Random(limit);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    try (Spool spool = new Spool(folder, limit)) {
      for (int i = 0; i < 200; i++) {
        byte[] piece = new byte[random.nextInt(100)];
        random.nextBytes(piece);
        int offset = random.nextInt(piece.length + 1);
        int length = random.nextInt(piece.length - offset + 1);
        spool.write(piece, offset, length);
        spool.write(i);
        expected.write(piece, offset, length);
        expected.write(i);
      }
      assertThat(spool.size()).isEqualTo(expected.size());
      assertThat(spool.read().readAllBytes()).isEqualTo(expected.toByteArray());
      assertThat(spool.read().readAllBytes()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void staysInMemoryUpToItsLimitAndNotAByteLonger() throws IOException {
    try (Spool spool = new Spool(folder.resolve("not there"), 2000)) {
      spool.write(new byte[1999]);
      spool.write(0);
      assertThatIOException().isThrownBy(() -> spool.write(0));
    }
  }

  @Test
  void itsFileHasNoNameAndNobodyElseMayReadIt() throws IOException {
    try (Spool spool = new Spool(folder, 10)) {
      spool.write(new byte[100]);
      assertThat(folder).isEmptyDirectory();
      List<Path> deleted = deletedFilesHere();
      assertThat(deleted).hasSize(1);
      assertThat(Files.getAttribute(deleted.get(0), "unix:mode")).isEqualTo(0100600);
    }
    assertThat(deletedFilesHere()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1 << 20})
  void padsWithZerosUpToATotal(int limit) throws IOException {
    try (Spool spool = new Spool(folder, limit)) {
      spool.write(new byte[] {1, 2, 3});
      spool.padTo(20_000);
      assertThat(spool.size()).isEqualTo(20_000);
      assertThat(spool.read().readAllBytes())
          .isEqualTo(Arrays.copyOf(new byte[] {1, 2, 3}, 20_000));
      spool.padTo(20_000);
      spool.padTo(5);
      assertThat(spool.size()).isEqualTo(20_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1 << 20})
  void readersDoNotDisturbEachOtherNorTheWriter(int limit) throws IOException {
    try (Spool spool = new Spool(folder, limit)) {
      spool.write(new byte[] {1, 2, 3, 4});
      InputStream first = spool.read();
      assertThat(first.read()).isEqualTo(1);
      try (InputStream second = spool.read()) {
        assertThat(second.readNBytes(2)).containsExactly(1, 2);
      }
      assertThat(first.read()).isEqualTo(2);
      spool.write(5);
      assertThat(first.readNBytes(2)).containsExactly(3, 4);
      assertThat(spool.read().readAllBytes()).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @Test
  void anEmptySpoolReadsAsNothing() throws IOException {
    try (Spool spool = new Spool(folder, 0)) {
      assertThat(spool.size()).isZero();
      assertThat(spool.read().readAllBytes()).isEmpty();
      spool.write(new byte[0]);
      assertThat(spool.read().read()).isEqualTo(-1);
    }
  }

  @Test
  void holdsGivenBytes() throws IOException {
    try (Spool spool = Spool.of(new byte[] {1, 2})) {
      assertThat(spool.read().readAllBytes()).containsExactly(1, 2);
      spool.padTo(5000);
      assertThat(spool.read().readAllBytes()).hasSize(5000).startsWith(1, 2, 0);
    }
  }

  /** What this process still has open in the folder, though it was deleted. */
  private List<Path> deletedFilesHere() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : open) {
        if (Files.isSymbolicLink(each)
            && Files.readSymbolicLink(each).toString().startsWith(folder.toString())) {
          found.add(each);
        }
      }
    }
    return found;
  }
}
