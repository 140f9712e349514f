package org.cldcb.e2e.rig;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;

/**
 * Plays an hsmd whose key isn't in the lightning directory, as a remote signer does: a program with
 * its status socket on fd 0 and its request socket on fd 3, which answers with the bytes of Core
 * Lightning's own and writes down what it was asked.
 */
public final class StandInHsmd {
  private static final String REGTEST =
      "043587cf0435839406226e46111a0b59caaf126043eb5bbf28c34f3a5e332a1fc7b2b73cf188910f";
  private static final int VERSION = 6;

  private final Path program;
  private final Path log;

  private StandInHsmd(Path program, Path log) {
    this.program = program;
    this.log = log;
  }

  /** How it fails. */
  public enum Fault {
    NONE,
    /** At the second request for an ECDH it ends. */
    DIES,
    /** It answers these requests with what isn't the shared secret. */
    LIES
  }

  /**
   * A stand-in.
   *
   * @param folder for what it needs
   * @param hsmSecret what it answers with
   */
  public static StandInHsmd create(Path folder, byte[] hsmSecret, Fault fault) {
    try {
      Files.createDirectories(folder);
      Path secret = Files.write(folder.resolve("key"), hsmSecret);
      StandInHsmd made = new StandInHsmd(folder.resolve("stand-in-hsmd"), folder.resolve("log"));
      // Java has no other descriptors than the first three.
      Files.writeString(
          made.program,
          "#!/bin/sh\n[ -S /dev/fd/0 ] && [ -S /dev/fd/3 ] || exit 9\nexec '%s' -cp '%s' %s %s %s %s 1>&0 0<&3 3<&-\n"
              .formatted(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  System.getProperty("java.class.path"),
                  StandInHsmd.class.getName(),
                  secret,
                  made.log,
                  fault));
      Files.setPosixFilePermissions(made.program, PosixFilePermissions.fromString("rwx------"));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path program() {
    return program;
  }

  /** What it was asked until now, a line each: {@code ecdh <point>}, {@code sign <text>}, …. */
  public List<String> asked() {
    try {
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The points of the ECDH requests until now. */
  public List<String> points() {
    return asked().stream()
        .filter(line -> line.startsWith("ecdh "))
        .map(l -> l.substring(5))
        .toList();
  }

  /** Its process; the request socket is fd 0 here, the status socket fd 1. */
  public static void main(String[] args) throws Exception {
    Path log = Path.of(args[1]);
    Fault fault = Fault.valueOf(args[2]);
    DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
    OutputStream out = new FileOutputStream(FileDescriptor.in);
    OutputStream status = new FileOutputStream(FileDescriptor.out);
    send(status, new ByteWriter().u16(0xFFF6).bytes(text("v26.06.6")));
    int ecdhs = 0;
    try (NodeKey key = HsmSecret.open(Path.of(args[0]))) {
      while (true) {
        byte[] request = new byte[in.readInt()];
        in.readFully(request);
        ByteReader reader = new ByteReader(request);
        int type = reader.u16();
        switch (type) {
          case 11 -> {
            note(log, "init");
            if (!HexFormat.of().formatHex(request, 2, 42).equals(REGTEST)) {
              fail(status, "not regtest");
            }
            send(out, introduction(key));
          }
          case 1 -> {
            PublicKey point = PublicKey.of(reader.rest());
            note(log, "ecdh " + point);
            if (fault == Fault.DIES && ++ecdhs == 2) {
              fail(status, "the device was unplugged");
            }
            byte[] secret = key.ecdh(point);
            secret[0] ^= (byte) (fault == Fault.LIES ? 1 : 0);
            send(out, new ByteWriter().u16(100).bytes(secret));
          }
          case 23 -> {
            String message = reader.utf8(reader.u16());
            note(log, "sign " + message);
            send(out, signature(key, message));
          }
          default -> fail(status, "Unknown request");
        }
      }
    } catch (EOFException e) {
      System.exit(2);
    }
  }

  private static ByteWriter introduction(NodeKey key) {
    return new ByteWriter()
        .u16(114)
        .u32(VERSION)
        .u16(1)
        .u32(28)
        .bytes(key.nodeId().bytes())
        // an extended key and the key for BOLT 12, which lightningd needs and a recovery doesn't
        .bytes(new byte[78 + 33]);
  }

  private static ByteWriter signature(NodeKey key, String message) {
    byte[] bytes = key.sign(message).bytes();
    return new ByteWriter().u16(123).bytes(bytes, 1, 64).u8(bytes[0] - 31);
  }

  private static void fail(OutputStream status, String why) throws IOException {
    send(status, new ByteWriter().u16(0xFFF2).u8(3).bytes(text(why)));
    System.exit(1);
  }

  private static byte[] text(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static void send(OutputStream out, ByteWriter message) throws IOException {
    out.write(new ByteWriter().u32(message.length()).bytes(message.toBytes()).toBytes());
  }

  private static void note(Path log, String line) throws IOException {
    Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
