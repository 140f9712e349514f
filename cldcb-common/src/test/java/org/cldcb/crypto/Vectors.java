package org.cldcb.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/** The files under src/test/resources/vectors. */
public final class Vectors {

  private Vectors() {}

  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(bytes(name));
  }

  public static byte[] bytes(String name) throws IOException {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return in.readAllBytes();
    }
  }

  public static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** A copy of {@code bytes} with one bit, counted from 0, the other way round. */
  public static byte[] flipBit(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }
}
