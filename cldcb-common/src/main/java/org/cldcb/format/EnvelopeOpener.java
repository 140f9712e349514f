package org.cldcb.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Opens envelopes with the node's key. It asks the node's key for one ECDH for each delegate and
 * one for each run, since that key may live in a slow device. Not thread-safe.
 */
public final class EnvelopeOpener implements AutoCloseable {
  private static final int RUNS_KEPT = 64;

  private final NodeKey node;
  private final Identity identity;
  private final Map<PublicKey, byte[]> shares = new HashMap<>();
  private final Map<EnvelopeHeader, RunKeys> runs = new LinkedHashMap<>();
  private byte[] lastHeaderBytes = new byte[0];
  private @Nullable EnvelopeHeader lastHeader;

  public EnvelopeOpener(NodeKey node, Identity identity) {
    this.node = node;
    this.identity = identity;
  }

  /**
   * Reads the start of an envelope, so that who sealed it can be judged before it is opened. Runs
   * are long: the points of the last header are not decoded again.
   */
  public FirstPart parse(byte[] first) throws FormatException {
    int size = EnvelopeHeader.SIZE;
    EnvelopeHeader known = lastHeader;
    if (known != null
        && first.length > size
        && Arrays.equals(first, 0, size, lastHeaderBytes, 0, size)) {
      return new FirstPart(known, Segment.parse(Arrays.copyOfRange(first, size, first.length)));
    }
    FirstPart part = FirstPart.parse(first);
    lastHeader = part.header();
    lastHeaderBytes = Arrays.copyOf(first, size);
    return part;
  }

  /**
   * A stream of the plaintext, padding included. It fails with {@link EnvelopeException} at the
   * first segment that is not what was sealed for this place, and never gives out a byte of one.
   *
   * @param first the envelope's first part
   * @param more gives the parts after the first, one at each call
   */
  public EnvelopeInputStream open(Place place, byte[] first, PartSource more) throws IOException {
    FirstPart part = parse(first);
    return new EnvelopeInputStream(keys(part.header()), place, first, part, more);
  }

  /** Where the parts of an envelope after its first come from. */
  @FunctionalInterface
  public interface PartSource {
    byte[] next() throws IOException;
  }

  @Override
  public void close() {
    runs.values().forEach(RunKeys::close);
    shares.values().forEach(Secrets::wipe);
  }

  private RunKeys keys(EnvelopeHeader header) {
    RunKeys known = runs.get(header);
    if (known != null) {
      return known;
    }
    forgetOldest();
    RunKeys keys =
        new RunKeys(header, identity, share(header.ephemeral()), share(header.delegate()));
    runs.put(header, keys);
    return keys;
  }

  /** Kept for every key ever seen: 32 bytes, against a question to a slow device. */
  private byte[] share(PublicKey peer) {
    return shares.computeIfAbsent(peer, node::ecdh).clone();
  }

  private void forgetOldest() {
    if (runs.size() >= RUNS_KEPT) {
      Iterator<RunKeys> oldestFirst = runs.values().iterator();
      oldestFirst.next().close();
      oldestFirst.remove();
    }
  }
}
