package org.cldcb.client.hsmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.codec.ByteWriter;

/**
 * An hsmd that is a shell script. What it is asked goes into files beside it, what it answers comes
 * from such files, with the bytes of a real one.
 */
final class ScriptedHsmd {
  private static final String RECORDED = "/vectors/hsmd/v26.06.6.txt";

  private final Path folder;
  private final StringBuilder script = new StringBuilder("#!/bin/sh\n");
  private int messages;

  ScriptedHsmd(Path folder) {
    this.folder = folder;
  }

  /** What a real one was asked, and answered, in turns; in hexadecimal. */
  static List<String> recorded(String section) {
    try (InputStream in = ScriptedHsmd.class.getResourceAsStream(RECORDED)) {
      String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return all.substring(all.indexOf("[" + section + "]\n"))
          .lines()
          .skip(1)
          .takeWhile(line -> !line.startsWith("["))
          .map(line -> line.substring(2))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ScriptedHsmd shell(String line) {
    script.append(line).append('\n');
    return this;
  }

  /** Takes a request of as many bytes as this one, whatever they are. */
  ScriptedHsmd takes(String request) {
    Path file = folder.resolve("request." + messages++);
    return shell("head -c " + (4 + request.length() / 2) + " <&3 >" + file);
  }

  ScriptedHsmd answers(String message) {
    return sends(message, 3);
  }

  /** On its status socket. */
  ScriptedHsmd says(String message) {
    return sends(message, 0);
  }

  /** Asked as the real one was, it answers as that did, and ends when it is left. */
  ScriptedHsmd plays(String section) {
    List<String> turns = recorded(section);
    for (int i = 0; i < turns.size(); i += 2) {
      takes(turns.get(i)).answers(turns.get(i + 1));
    }
    return waits();
  }

  /** Takes {@code hsmd_init}. */
  ScriptedHsmd isAsked() {
    return takes(recorded("plain").get(0));
  }

  /** Begins as it should. */
  ScriptedHsmd begins() {
    return isAsked().answers(recorded("plain").get(1));
  }

  /** Until it is left. */
  ScriptedHsmd waits() {
    return shell("cat <&3 >/dev/null");
  }

  /** The program, in the folder. */
  Path program(String name) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(program, script);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  Path program() throws IOException {
    return program("hsmd");
  }

  /** The requests that it took, without the lengths before them, in hexadecimal. */
  List<String> taken() throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      Path file = folder.resolve("request." + i);
      if (Files.notExists(file) || Files.size(file) == 0) {
        return all;
      }
      String hex = HexFormat.of().formatHex(Files.readAllBytes(file));
      assertThat(Integer.parseUnsignedInt(hex, 0, 8, 16)).isEqualTo(hex.length() / 2 - 4);
      all.add(hex.substring(8));
    }
    return all;
  }

  private ScriptedHsmd sends(String message, int descriptor) {
    byte[] bytes = HexFormat.of().parseHex(message);
    byte[] framed = new ByteWriter().u32(bytes.length).bytes(bytes).toBytes();
    StringBuilder octal = new StringBuilder();
    for (byte octet : framed) {
      octal.append(String.format("\\%03o", octet & 0xff));
    }
    return shell("printf '" + octal + "' >&" + descriptor);
  }
}
