package org.cldcb.server.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.Secrets;
import org.cldcb.io.DurableFiles;

/** {@code server.key}: 64 hex digits and a newline, for the owner only. */
final class ServerKeyFile {
  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS = 2 * PrivateKey.BYTES;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private ServerKeyFile() {}

  static Path in(Path directory) {
    return directory.resolve("server.key");
  }

  /**
   * Writes a new key, durably.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  static void write(Path directory, PrivateKey key) throws IOException {
    byte[] secret = key.bytes();
    byte[] line = new byte[DIGITS + 1];
    for (int i = 0; i < secret.length; i++) {
      line[2 * i] = (byte) HEX.toHighHexDigit(secret[i]);
      line[2 * i + 1] = (byte) HEX.toLowHexDigit(secret[i]);
    }
    line[DIGITS] = '\n';
    try {
      writeDurably(in(directory), line);
    } finally {
      Secrets.wipe(secret, line);
    }
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path unfinished = Path.of(file + ".new");
    Files.deleteIfExists(unfinished);
    DurableFiles.writeNew(unfinished, content, OWNER_ONLY);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.syncName(file);
  }

  /** Reads the key, which is the caller's to close. */
  static PrivateKey read(Path directory) throws IOException {
    Path file = in(directory);
    if (Files.notExists(file)) {
      throw Messages.notInitialised(directory);
    }
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw Messages.openKey(file);
    }
    byte[] line = Files.readAllBytes(file);
    try {
      return parse(line);
    } catch (IllegalArgumentException e) {
      throw Messages.badKey(file);
    } finally {
      Secrets.wipe(line);
    }
  }

  private static PrivateKey parse(byte[] line) {
    if (line.length != DIGITS + 1 || line[DIGITS] != '\n') {
      throw new IllegalArgumentException("not a line of " + DIGITS + " digits");
    }
    char[] digits = new char[DIGITS];
    for (int i = 0; i < DIGITS; i++) {
      digits[i] = (char) (line[i] & 0xff);
    }
    byte[] secret = new byte[0];
    try {
      secret = HEX.parseHex(digits, 0, DIGITS);
      return PrivateKey.of(secret);
    } finally {
      Secrets.wipe(secret);
      Arrays.fill(digits, '0');
    }
  }
}
