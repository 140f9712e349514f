package org.cldcb.format;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Made dictionary-1.bin from a recorded trace: {@code DictionaryTrainer STATEMENTS OUT}, where
 * STATEMENTS has one SQL statement a line. Statements that differ only in numbers, strings and
 * blobs count as one shape; each shape stands in the dictionary once, without the content of blobs,
 * the one that saves most at the end, where DEFLATE finds it cheapest.
 */
public final class DictionaryTrainer {
  private static final int SIZE = 32_768;
  private static final int MIN_COUNT = 4;
  private static final Pattern BLOB = Pattern.compile("x'(?:[0-9a-f]{2})+'");
  private static final Pattern VARIABLE = Pattern.compile("'[^']*'|\\b[0-9]+\\b");

  private DictionaryTrainer() {}

  /** A statement shape: one instance of it, and how often it came. */
  private static final class Shape {
    private final byte[] instance;
    private int count;

    Shape(byte[] instance) {
      this.instance = instance;
    }

    long weight() {
      return (long) count * instance.length;
    }
  }

  public static void main(String[] args) throws IOException {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(Path.of(args[0])), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String shape = VARIABLE.matcher(BLOB.matcher(line).replaceAll("b")).replaceAll("v");
        byte[] instance = withoutBlobs(line);
        shapes.computeIfAbsent(shape, key -> new Shape(instance)).count++;
      }
    }
    Files.write(Path.of(args[1]), dictionary(new ArrayList<>(shapes.values())));
  }

  private static byte[] dictionary(List<Shape> shapes) {
    shapes.sort(Comparator.comparingLong(Shape::weight).reversed());
    List<Shape> chosen = new ArrayList<>();
    int left = SIZE;
    for (Shape shape : shapes) {
      if (shape.count >= MIN_COUNT && shape.instance.length <= left) {
        chosen.add(0, shape);
        left -= shape.instance.length;
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chosen.forEach(shape -> out.writeBytes(shape.instance));
    return out.toByteArray();
  }

  /** The statement packed, but with the bytes of each blob left out. */
  private static byte[] withoutBlobs(String statement) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    var matcher = BLOB.matcher(statement);
    while (matcher.find()) {
      text.append(statement, at, matcher.start()).append((char) SqlPacker.LOWER_BLOB);
      int length = (matcher.end() - matcher.start() - 3) / 2;
      for (; length > 0x7f; length >>>= 7) {
        text.append((char) (0x80 | length & 0x7f));
      }
      text.append((char) length);
      at = matcher.end();
    }
    text.append(statement, at, statement.length()).append((char) SqlPacker.END_OF_STATEMENT);
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
