package org.cldcb.contact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cldcb.chain.Network;
import org.cldcb.codec.ByteWriter;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Secrets;
import org.cldcb.format.Identity;

/**
 * The script itself: exactly the form of docs/FORMAT.md §10, nothing more, nothing less. It holds
 * the delegate's key, so it is kept in byte arrays that are wiped, and no message quotes it.
 */
public final class WrapperFile {
  /** The name of the script in a plugin folder. */
  public static final String NAME = "cldcb-plugin-wrapper";

  private static final int MAX_SIZE = 16_384;
  private static final String[] OPENING = {
    "#!/bin/sh",
    "# cldcb-plugin-wrapper: written by cldcb-client, read by cldcb-plugin. It holds keys: never"
        + " share or copy it."
  };
  private static final Pattern EXEC = Pattern.compile("exec '([^']*)' \"\\$0\"");
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private WrapperFile() {}

  /** The bytes of the script; wipe them when written. */
  public static byte[] format(Wrapper wrapper) {
    ByteWriter out = new ByteWriter(2048);
    for (String line : OPENING) {
      line(out, line);
    }
    field(out, "cldcb-wrapper", "1");
    field(out, "network", wrapper.network().name());
    field(out, "node-id", wrapper.nodeId().hex());
    field(out, "server", wrapper.server().toString());
    byte[] delegateKey = wrapper.delegateKey().bytes();
    secret(out, "delegate-key", delegateKey);
    Secrets.wipe(delegateKey);
    field(out, "delegation", wrapper.delegation().zbase32());
    field(out, "claim", Long.toString(wrapper.claim()));
    secret(out, "chunk-id-key", wrapper.chunkIdKey());
    field(out, "database", plain(wrapper.database()));
    line(out, "exec '" + plain(wrapper.pluginExecutable()) + "' \"$0\"");
    return out.toBytes();
  }

  /**
   * Reads a wrapper.
   *
   * @throws WrapperException if it isn't one, or if others may read it
   */
  public static Wrapper read(Path path) throws IOException {
    refuseReadableByOthers(path);
    if (Files.size(path) > MAX_SIZE) {
      throw broken("it is larger than any wrapper");
    }
    byte[] bytes = Files.readAllBytes(path);
    try {
      return parse(bytes);
    } finally {
      Secrets.wipe(bytes);
    }
  }

  /** Reads the bytes of a wrapper. */
  public static Wrapper parse(byte[] script) throws WrapperException {
    Deque<byte[]> lines = lines(script);
    List<byte[]> all = List.copyOf(lines);
    try {
      for (String expected : OPENING) {
        if (!text(next(lines)).equals(expected)) {
          throw broken("it doesn't begin like one");
        }
      }
      Wrapper wrapper = fields(lines);
      refuseAnotherForm(wrapper, script);
      return wrapper;
    } catch (IllegalArgumentException e) {
      throw broken(e.getMessage() == null ? "a value is out of shape" : e.getMessage());
    } finally {
      all.forEach(Secrets::wipe);
    }
  }

  /** One form only: a value that could be written in two ways is taken in the one written here. */
  private static void refuseAnotherForm(Wrapper wrapper, byte[] script) throws WrapperException {
    byte[] expected = format(wrapper);
    boolean same = Arrays.equals(expected, script);
    Secrets.wipe(expected);
    if (!same) {
      wrapper.close();
      throw broken("a value is out of shape");
    }
  }

  private static Wrapper fields(Deque<byte[]> lines) throws WrapperException {
    if (!value(lines, "cldcb-wrapper").equals("1")) {
      throw broken("it was written by a newer cldcb");
    }
    Network network = new Network(value(lines, "network"));
    PublicKey nodeId = PublicKey.fromHex(value(lines, "node-id"));
    Contact server = Contact.parse(value(lines, "server"));
    byte[] key = secretValue(lines, "delegate-key");
    PrivateKey delegateKey = PrivateKey.of(key);
    Secrets.wipe(key);
    MessageSignature delegation = MessageSignature.parse(value(lines, "delegation"));
    long claim = number(value(lines, "claim"));
    byte[] chunkIdKey = secretValue(lines, "chunk-id-key");
    Path database = absolute(value(lines, "database"));
    String exec = text(next(lines));
    Matcher matcher = EXEC.matcher(exec);
    if (!matcher.matches() || !lines.isEmpty()) {
      throw broken("its last line isn't the one that starts the plugin");
    }
    Path executable = absolute(matcher.group(1));
    Identity identity = new Identity(network, nodeId);
    return new Wrapper(
        identity, server, delegateKey, delegation, claim, chunkIdKey, database, executable);
  }

  private static void refuseReadableByOthers(Path path) throws IOException {
    for (PosixFilePermission permission : Files.getPosixFilePermissions(path)) {
      if (OTHERS.contains(permission)) {
        throw new WrapperException(
            "others may read the keys in " + path + "; run: chmod 700 '" + path + "'");
      }
    }
  }

  private static Deque<byte[]> lines(byte[] script) throws WrapperException {
    if (script.length == 0 || script.length > MAX_SIZE || script[script.length - 1] != '\n') {
      throw broken("it doesn't end like one");
    }
    Deque<byte[]> lines = new ArrayDeque<>();
    int from = 0;
    for (int i = 0; i < script.length; i++) {
      if (script[i] == '\n') {
        lines.add(Arrays.copyOfRange(script, from, i));
        from = i + 1;
      }
    }
    return lines;
  }

  private static byte[] next(Deque<byte[]> lines) throws WrapperException {
    byte[] line = lines.poll();
    if (line == null) {
      throw broken("it ends early");
    }
    return line;
  }

  private static String value(Deque<byte[]> lines, String field) throws WrapperException {
    return text(rawValue(lines, field));
  }

  private static byte[] secretValue(Deque<byte[]> lines, String field) throws WrapperException {
    byte[] hex = rawValue(lines, field);
    if (hex.length != 64) {
      throw broken(field + " must have 64 hex digits");
    }
    byte[] secret = new byte[32];
    for (int i = 0; i < secret.length; i++) {
      int high = Character.digit(hex[2 * i], 16);
      int low = Character.digit(hex[2 * i + 1], 16);
      if (high < 0 || low < 0) {
        throw broken(field + " must have 64 hex digits");
      }
      secret[i] = (byte) (high << 4 | low);
    }
    Secrets.wipe(hex);
    return secret;
  }

  private static byte[] rawValue(Deque<byte[]> lines, String field) throws WrapperException {
    byte[] line = next(lines);
    byte[] prefix = ("# " + field + ": ").getBytes(StandardCharsets.US_ASCII);
    if (line.length < prefix.length
        || !Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length)) {
      throw broken("the field " + field + " isn't where it should be");
    }
    return Arrays.copyOfRange(line, prefix.length, line.length);
  }

  private static long number(String text) throws WrapperException {
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Its message would quote the value.
    }
    throw broken("claim must be a number");
  }

  private static Path absolute(String text) throws WrapperException {
    if (!text.startsWith("/") || !isPlain(text)) {
      throw broken("a path in it isn't absolute, or has a quote or a control character");
    }
    return Path.of(text);
  }

  /** A path that needs no quoting beyond single quotes, or an exception that says so. */
  private static String plain(Path path) {
    String text = path.toString();
    if (!isPlain(text)) {
      throw new IllegalArgumentException(
          "paths with a quote or a control character can't be written into a script: " + path);
    }
    return text;
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(c -> c < 0x20 || c == 0x7f || c == '\'');
  }

  private static String text(byte[] line) {
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line)).toString();
  }

  private static void field(ByteWriter out, String name, String value) {
    line(out, "# " + name + ": " + value);
  }

  private static void secret(ByteWriter out, String name, byte[] secret) {
    out.bytes(("# " + name + ": ").getBytes(StandardCharsets.US_ASCII));
    HexFormat hex = HexFormat.of();
    for (byte octet : secret) {
      out.u8(hex.toHighHexDigit(octet)).u8(hex.toLowHexDigit(octet));
    }
    out.u8('\n');
  }

  private static void line(ByteWriter out, String text) {
    out.bytes(text.getBytes(StandardCharsets.UTF_8)).u8('\n');
  }

  private static WrapperException broken(String why) {
    return new WrapperException(
        "not a usable cldcb-plugin-wrapper: " + why + "; run cldcb-client install again");
  }
}
