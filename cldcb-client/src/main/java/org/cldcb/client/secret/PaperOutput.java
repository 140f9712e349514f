package org.cldcb.client.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.cldcb.client.cli.Terminal;
import org.cldcb.crypto.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Where a sheet goes.
 *
 * @param file null: to stdout
 */
record PaperOutput(Terminal terminal, @Nullable Path file) {

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
      write(file, bytes);
    } catch (FileAlreadyExistsException e) {
      throw SecretMessages.fileExists(file);
    } catch (IOException e) {
      throw SecretMessages.notWritten(file, e);
    } finally {
      Secrets.wipe(bytes);
    }
    terminal.note(SecretMessages.written(file));
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      try {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      } catch (IOException e) {
        Files.delete(file);
        throw e;
      }
    }
  }
}
