package org.cldcb.format;

import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Position;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.Hash;

/** What an envelope is sealed for: it opens nowhere else (docs/FORMAT.md §3.3). */
public sealed interface Place {
  int kind();

  void write(ByteWriter out);

  /** Takes the envelope's bytes and gives the digest that the chain knows it by. */
  ChainDigest digest();

  /** A record of the chain. */
  record OfRecord(Position position) implements Place {
    @Override
    public int kind() {
      return 1;
    }

    @Override
    public void write(ByteWriter out) {
      position.write(out);
    }

    @Override
    public ChainDigest digest() {
      return ChainDigest.ofRecord(position);
    }
  }

  /** A manifest, at the head that it stands on. */
  record OfManifest(Position position) implements Place {
    @Override
    public int kind() {
      return 2;
    }

    @Override
    public void write(ByteWriter out) {
      position.write(out);
    }

    @Override
    public ChainDigest digest() {
      return ChainDigest.ofManifest(position);
    }
  }

  /** A chunk, which has no position: the manifests that need it name it by its id. */
  record OfChunk(Hash id) implements Place {
    @Override
    public int kind() {
      return 3;
    }

    @Override
    public void write(ByteWriter out) {
      out.hash(id);
    }

    @Override
    public ChainDigest digest() {
      return ChainDigest.ofChunk(id);
    }
  }
}
