package org.cldcb.client.recover.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.ChainVerifier;
import org.cldcb.chain.Position;
import org.cldcb.client.recover.read.Envelopes.Subject;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.EnvelopeInputStream;
import org.cldcb.format.Place;
import org.cldcb.io.Spool;
import org.cldcb.link.RefusedException;
import org.cldcb.wire.Base;
import org.cldcb.wire.GetBase;
import org.cldcb.wire.RefusalCode;

/**
 * Fetches the manifests of a base from the top down to the full one, each by the digest that the
 * one above it names. Goes on where it stopped if it is given another link. Not thread-safe.
 */
final class LayerReader implements AutoCloseable {
  private static final int SPOOL_LIMIT = 1 << 16;
  private static final Subject SUBJECT =
      new Subject("the manifest", Reason.ENVELOPE_ALTERED, Reason.BASE_INVALID);

  private final ChainVerifier verifier;
  private final Envelopes envelopes;
  private final Path scratch;
  private final List<Layer> layers = new ArrayList<>();
  private Hash wanted = Hash.ZERO;
  private boolean complete;

  LayerReader(ChainVerifier verifier, Envelopes envelopes, Path scratch) {
    this.verifier = verifier;
    this.envelopes = envelopes;
    this.scratch = scratch;
  }

  /** The layers, the full base first. */
  List<Layer> read(Link link) throws IOException {
    while (!complete) {
      Layer layer = fetch(link);
      layers.add(0, layer);
      complete = !layer.isDelta();
      if (!complete) {
        wanted = parent(layer);
      }
    }
    return layers;
  }

  /** How many were read. */
  int read() {
    return layers.size();
  }

  private Hash parent(Layer layer) throws IOException {
    if (layers.size() > DeltaReader.MAX_DEPTH) {
      throw SUBJECT.fault(Reason.BASE_INVALID, "has too many layers below it");
    }
    return Envelopes.within(
        SUBJECT,
        () -> {
          try (DeltaReader delta = layer.delta()) {
            return delta.parent();
          }
        });
  }

  private Layer fetch(Link link) throws IOException {
    link.send(new GetBase(wanted));
    Base base = receive(link);
    Position position = base.position();
    PublicKey delegate = envelopes.delegate(SUBJECT, base.part());
    verifier.manifest(position, delegate);
    Spool plaintext = new Spool(scratch, SPOOL_LIMIT);
    try {
      Hash digest =
          envelopes.open(
              SUBJECT,
              new Place.OfManifest(position),
              base.part(),
              link,
              in -> spooled(in, plaintext));
      if (!wanted.isZero() && !digest.equals(wanted)) {
        throw SUBJECT.fault(Reason.LAYER_SWAPPED, "isn't the one that the base above it names");
      }
      return new Layer(position, delegate, digest, plaintext);
    } catch (IOException | RuntimeException e) {
      plaintext.close();
      throw e;
    }
  }

  private Base receive(Link link) throws IOException {
    try {
      return link.receive(Base.class);
    } catch (RefusedException e) {
      if (wanted.isZero() || e.code() != RefusalCode.NOT_FOUND) {
        throw e;
      }
      throw new ChainException(
          Reason.LAYER_MISSING, "a base that the current one stands on is missing on the server");
    }
  }

  private static Hash spooled(EnvelopeInputStream in, Spool plaintext) throws IOException {
    in.transferTo(plaintext);
    return in.digest();
  }

  @Override
  public void close() throws IOException {
    for (Layer layer : layers) {
      layer.close();
    }
  }
}
