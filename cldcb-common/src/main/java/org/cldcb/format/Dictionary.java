package org.cldcb.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What codec 1 knows of CLN's statements before it sees one: part of the format, never changed
 * (docs/FORMAT.md §5.3). Immutable.
 */
final class Dictionary {
  /** What most of the packed statements are made from, before they are compressed. */
  private static final String RESOURCE = "dictionary-1.bin";

  private final List<Shape> shapes;
  private final List<Skeleton> skeletons;
  private final int[] byHash;
  private final LzIndex index;

  /**
   * Reads a dictionary.
   *
   * @param bytes packed statements, whose shapes have numbers from 0, then any others
   */
  Dictionary(byte[] bytes) throws IOException {
    List<Shape> read = new ArrayList<>();
    SqlUnpacker unpacker = new SqlUnpacker(new ByteArrayInputStream(bytes), List.of());
    for (String next = unpacker.next(); next != null; next = unpacker.next()) {
      read.add(new Shape(next));
    }
    shapes = List.copyOf(read);
    skeletons = shapes.stream().map(Shape::skeleton).toList();
    byHash = new int[Integer.highestOneBit(4 * shapes.size() + 1)];
    for (int i = 0; i < shapes.size(); i++) {
      int slot = slot(shapes.get(i).hash());
      while (byHash[slot] > 0) {
        slot = slot + 1 & byHash.length - 1;
      }
      byHash[slot] = i + 1;
    }
    index = new LzIndex(bytes);
  }

  /** The dictionary of codec 1. */
  static Dictionary one() {
    return Holder.ONE;
  }

  List<Shape> shapes() {
    return shapes;
  }

  /** Those of the shapes. */
  List<Skeleton> skeletons() {
    return skeletons;
  }

  LzIndex index() {
    return index;
  }

  /** The number of the shape that the statement has, or -1. */
  int number(char[] text, int offset, int end, SqlScanner scanned) {
    int slot = slot(scanned.hash());
    while (byHash[slot] > 0) {
      int number = byHash[slot] - 1;
      Shape shape = shapes.get(number);
      if (shape.hash() == scanned.hash() && shape.fits(text, offset, end, scanned)) {
        return number;
      }
      slot = slot + 1 & byHash.length - 1;
    }
    return -1;
  }

  private int slot(int hash) {
    return hash * 0x9e3779b1 >>> 16 & byHash.length - 1;
  }

  /** Loads it when it is first needed, not when the plugin starts. */
  private static final class Holder {
    private static final Dictionary ONE = load();

    private static Dictionary load() {
      try (@Nullable InputStream in = Dictionary.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("the jar lacks " + RESOURCE);
        }
        return new Dictionary(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
