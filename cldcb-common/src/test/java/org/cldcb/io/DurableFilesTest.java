package org.cldcb.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
  /** More than any usual umask leaves. */
  private static final Set<PosixFilePermission> WIDE = PosixFilePermissions.fromString("rw-rw-rw-");

  @TempDir private Path temp;

  @Test
  void aNewFileHasItsContentAndExactlyItsPermissions() throws IOException {
    Path file = temp.resolve("file");
    DurableFiles.writeNew(file, new byte[] {1, 2, 3}, WIDE);
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(WIDE);
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "kept");
    assertThatThrownBy(() -> DurableFiles.writeNew(file, new byte[1], WIDE))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).content().isEqualTo("kept");
  }
}
