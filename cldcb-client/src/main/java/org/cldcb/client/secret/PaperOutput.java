package org.cldcb.client.secret;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.cldcb.client.cli.Terminal;
import org.cldcb.crypto.Secrets;
import org.cldcb.io.DurableFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where a sheet goes.
 *
 * @param file null: to stdout
 */
record PaperOutput(Terminal terminal, @Nullable Path file) {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Puts it there, into a new file that only its owner can read. */
  void put(SecretText text) throws IOException {
    if (file == null) {
      char[] chars = text.chars();
      terminal.saySecret(chars);
      Arrays.fill(chars, '\0');
      return;
    }
    byte[] bytes = text.bytes();
    try {
      DurableFiles.writeNew(file, bytes, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      throw SecretMessages.fileExists(file);
    } catch (IOException e) {
      throw SecretMessages.notWritten(file, e);
    } finally {
      Secrets.wipe(bytes);
    }
    terminal.note(SecretMessages.written(file));
  }
}
