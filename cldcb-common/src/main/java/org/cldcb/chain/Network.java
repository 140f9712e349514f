package org.cldcb.chain;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * CLN's name of a block chain: {@code bitcoin}, {@code testnet}, {@code regtest}, ….
 *
 * @param name 1 to 16 of a-z, 0-9, '-'
 */
public record Network(String name) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9-]{1,16}");

  public Network {
    if (!SHAPE.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a network: 1 to 16 of a-z, 0-9, '-'");
    }
  }

  public static Network read(ByteReader in) throws FormatException {
    String name = new String(in.bytes(in.u8()), StandardCharsets.ISO_8859_1);
    if (!SHAPE.matcher(name).matches()) {
      throw new FormatException("not the name of a network");
    }
    return new Network(name);
  }

  public void write(ByteWriter out) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    out.u8(ascii.length).bytes(ascii);
  }

  @Override
  public String toString() {
    return name;
  }
}
