package org.cldcb.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Made dictionary-1.bin from a recorded trace: {@code DictionaryTrainer WRITES OUT}, where WRITES
 * has one SQL statement a line and an empty line behind each write ({@code jq -r 'select(.writes) |
 * .writes[], ""'} of node-a's trace). First come the shapes, then packed writes, chosen one after
 * the other by what each saves; of those, what only ever comes with one channel (one last integer
 * of a statement) is zeros, since another node won't have it.
 */
public final class DictionaryTrainer {
  private static final int SIZE = 16_000;
  private static final int MIN_COUNT = 3;
  private static final double USUAL_SHARE = 0.3;
  private static final int MAX_USUAL = 40;
  private static final int MAX_USUAL_BLOB = 20;
  private static final int SAMPLE = 500;
  private static final int CANDIDATES = 400;
  private static final int MAX_CANDIDATE = 4_000;
  private static final double MIN_SHARE_SAVED = 0.0003;

  private final List<List<String>> writes;
  private final Random random = new Random(1);

  private DictionaryTrainer(List<List<String>> writes) {
    this.writes = writes;
  }

  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[1]), new DictionaryTrainer(read(Path.of(args[0]))).dictionary());
  }

  static List<List<String>> read(Path file) throws IOException {
    List<List<String>> writes = new ArrayList<>();
    List<String> write = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isEmpty()) {
        writes.add(write);
        write = new ArrayList<>();
      } else {
        write.add(line);
      }
    }
    return writes;
  }

  private byte[] dictionary() throws IOException {
    byte[] shapes = shapes();
    Commonplace commonplace = new Commonplace(shapes, writes);
    List<List<String>> shuffled = new ArrayList<>(writes);
    java.util.Collections.shuffle(shuffled, random);
    List<byte[]> sample = new ArrayList<>();
    for (List<String> write : shuffled.subList(0, SAMPLE)) {
      sample.add(PackedSql.pack(new Dictionary(shapes), write));
    }
    List<byte[]> candidates = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (List<String> write : shuffled) {
      byte[] candidate = commonplace.of(write);
      if (candidates.size() < CANDIDATES
          && candidate.length <= MAX_CANDIDATE
          && seen.add(Arrays.toString(candidate))) {
        candidates.add(candidate);
      }
    }
    return choose(shapes, candidates, sample);
  }

  private static byte[] choose(byte[] shapes, List<byte[]> candidates, List<byte[]> sample)
      throws IOException {
    byte[] chosen = shapes;
    long size = size(chosen, sample);
    Map<byte[], Double> hopes = new HashMap<>();
    candidates.forEach(candidate -> hopes.put(candidate, Double.MAX_VALUE));
    while (true) {
      byte[] best = new byte[0];
      double bestGain = 0;
      List<byte[]> order = new ArrayList<>(candidates);
      order.sort(Comparator.comparingDouble((byte[] c) -> hopes.get(c)).reversed());
      for (byte[] candidate : order) {
        if (hopes.get(candidate) <= bestGain) {
          break;
        }
        byte[] tried = concat(chosen, candidate);
        double gain = tried.length > SIZE ? 0 : size - size(tried, sample);
        hopes.put(candidate, gain);
        if (gain > bestGain) {
          bestGain = gain;
          best = candidate;
        }
      }
      if (bestGain < MIN_SHARE_SAVED * size) {
        return chosen;
      }
      chosen = concat(chosen, best);
      size -= (long) bestGain;
      System.out.println(best.length + " bytes save " + bestGain + " of " + size);
    }
  }

  private static long size(byte[] dictionary, List<byte[]> sample) throws IOException {
    LzIndex index = new LzIndex(dictionary);
    long size = 0;
    for (byte[] packed : sample) {
      CountingOutput out = new CountingOutput();
      LzWriter writer = new LzWriter(index, out);
      for (byte octet : packed) {
        writer.put(octet);
      }
      writer.finish();
      size += out.count;
    }
    return size;
  }

  /** All statements that came often enough, with their usual literals, packed without shapes. */
  private byte[] shapes() throws IOException {
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (List<String> write : writes) {
      for (String statement : write) {
        Cut cut = new Cut(statement);
        seen.computeIfAbsent(cut.skeleton(), key -> new Seen(cut)).add(cut);
      }
    }
    List<String> shapes =
        seen.values().stream()
            .filter(one -> one.count >= MIN_COUNT)
            .sorted(Comparator.comparingInt((Seen one) -> one.count).reversed())
            .map(Seen::usual)
            .toList();
    return PackedSql.pack(PackedSql.noShapes(), shapes);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** A statement cut in pieces. */
  private static final class Cut {
    private final List<String> pieces = new ArrayList<>();
    private final List<String> literals = new ArrayList<>();

    Cut(String statement) {
      SqlScanner scanner = new SqlScanner();
      scanner.scan(statement.toCharArray(), 0, statement.length());
      int at = 0;
      for (int i = 0; i < scanner.count(); i++) {
        pieces.add(statement.substring(at, scanner.from(i)));
        literals.add(statement.substring(scanner.from(i), scanner.to(i)));
        at = scanner.to(i);
      }
      pieces.add(statement.substring(at));
    }

    String skeleton() {
      return String.join("\0", pieces);
    }
  }

  /** A skeleton, and how often which literals were in it. */
  private static final class Seen {
    private final Cut cut;
    private final List<Map<String, Integer>> literals = new ArrayList<>();
    private int count;

    Seen(Cut cut) {
      this.cut = cut;
      cut.literals.forEach(literal -> literals.add(new HashMap<>()));
    }

    void add(Cut one) {
      count++;
      for (int i = 0; i < literals.size(); i++) {
        literals.get(i).merge(one.literals.get(i), 1, Integer::sum);
      }
    }

    String usual() {
      StringBuilder text = new StringBuilder(cut.pieces.get(0));
      for (int i = 0; i < literals.size(); i++) {
        text.append(usual(literals.get(i))).append(cut.pieces.get(i + 1));
      }
      return text.toString();
    }

    private String usual(Map<String, Integer> counts) {
      Map.Entry<String, Integer> most =
          counts.entrySet().stream().max(Map.Entry.<String, Integer>comparingByValue()).get();
      int limit = most.getKey().startsWith("x") ? MAX_USUAL_BLOB : MAX_USUAL;
      boolean usual = most.getValue() > USUAL_SHARE * count && most.getKey().length() <= limit;
      return usual ? most.getKey() : "NULL";
    }
  }

  /** Knows what isn't one channel's own. */
  private static final class Commonplace {
    private static final int GRAM = 4;

    private final Dictionary shapes;
    private final Map<String, Set<String>> owners = new HashMap<>();

    Commonplace(byte[] shapes, Collection<List<String>> writes) throws IOException {
      this.shapes = new Dictionary(shapes);
      for (List<String> write : writes) {
        for (String statement : write) {
          byte[] packed = packed(statement);
          for (int i = 0; i + GRAM <= packed.length; i++) {
            Set<String> of =
                owners.computeIfAbsent(gram(statement, packed, i), k -> new HashSet<>());
            if (of.size() < 2) {
              of.add(owner(statement));
            }
          }
        }
      }
    }

    byte[] of(List<String> write) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (String statement : write) {
        byte[] packed = packed(statement);
        boolean[] common = new boolean[packed.length];
        for (int i = 0; i + GRAM <= packed.length; i++) {
          if (owners.getOrDefault(gram(statement, packed, i), Set.of()).size() > 1) {
            Arrays.fill(common, i, i + GRAM, true);
          }
        }
        for (int i = 0; i < packed.length; i++) {
          out.write(common[i] ? packed[i] : 0);
        }
      }
      return out.toByteArray();
    }

    private byte[] packed(String statement) throws IOException {
      byte[] packed = PackedSql.pack(shapes, List.of(statement));
      return Arrays.copyOf(packed, packed.length - 1);
    }

    private static String gram(String statement, byte[] packed, int at) {
      String shape = statement.substring(0, Math.min(24, statement.length()));
      return shape + new String(packed, at, GRAM, StandardCharsets.ISO_8859_1);
    }

    private static String owner(String statement) {
      String last = "";
      for (String word : statement.split("[^0-9]+")) {
        last = word.isEmpty() ? last : word;
      }
      return last;
    }
  }

  private static final class CountingOutput extends OutputStream {
    private long count;

    @Override
    public void write(int octet) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
