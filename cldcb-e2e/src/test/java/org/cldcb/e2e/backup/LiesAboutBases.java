package org.cldcb.e2e.backup;

import static org.cldcb.e2e.backup.Falsehood.ALTERED;
import static org.cldcb.e2e.backup.Falsehood.NO_DELEGATE;
import static org.cldcb.e2e.backup.Falsehood.end;
import static org.cldcb.e2e.backup.Falsehood.flipped;
import static org.cldcb.e2e.backup.Falsehood.hash;
import static org.cldcb.e2e.backup.Falsehood.lie;
import static org.cldcb.e2e.backup.Falsehood.oversized;
import static org.cldcb.e2e.backup.Falsehood.refused;
import static org.cldcb.e2e.rig.Lie.altered;
import static org.cldcb.e2e.rig.Lie.answer;
import static org.cldcb.e2e.rig.Lie.instead;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.Hash;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.wire.Base;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Claims;
import org.cldcb.wire.GetBase;
import org.cldcb.wire.GetClaims;
import org.cldcb.wire.Message;
import org.cldcb.wire.Segment;
import org.junit.jupiter.params.provider.Arguments;

/** Manifests, chunks and claims, as no honest server says them. */
final class LiesAboutBases {
  private static final String ANOTHER = "isn't the one that the base above it names";

  private final HostileSite site;

  LiesAboutBases(HostileSite site) {
    this.site = site;
  }

  Stream<Arguments> bases() {
    Base base = site.now.base();
    Position at = base.position();
    return Stream.of(
        lie("another node's manifest", NO_DELEGATE, altered(Base.class, b -> site.stranger.base())),
        lie(
            "the former manifest in the present one's place",
            ALTERED,
            altered(Base.class, b -> new Base(at, b.receivedAt(), site.former.base().part()))),
        lie(
            "the manifest under another generation",
            ALTERED,
            altered(
                Base.class,
                b ->
                    new Base(
                        new Position(at.generation() + 1, at.seq(), at.dataVersion(), at.prev()),
                        b.receivedAt(),
                        b.part()))),
        lie(
            "the manifest on another head",
            ALTERED,
            altered(
                Base.class,
                b ->
                    new Base(
                        new Position(at.generation(), at.seq() - 1, at.dataVersion(), at.prev()),
                        b.receivedAt(),
                        b.part()))),
        lie(
            "a manifest on nothing",
            "stands on nothing",
            altered(
                Base.class,
                b -> new Base(new Position(0, 0, 0, Hash.ZERO), b.receivedAt(), b.part()))),
        lie(
            "a manifest of zeros",
            "the manifest",
            altered(Base.class, b -> new Base(at, 0, new byte[200]))),
        lie(
            "one bit of the manifest",
            ALTERED,
            altered(
                Base.class,
                b -> new Base(at, b.receivedAt(), flipped(b.part(), b.part().length - 1)))),
        lie(
            "no manifest",
            "does not have what was asked for",
            answer(GetBase.class, g -> Stream.of(refused(26)))),
        lie(
            "two chunks that change places",
            "was asked for, and chunk",
            instead(
                Chunk.class,
                c ->
                    isChunk(c, 0)
                        ? Stream.of()
                        : isChunk(c, 1) ? Stream.of(c, chunk(0)) : Stream.of(c))),
        lie(
            "a chunk's bytes under another's name",
            ALTERED,
            altered(Chunk.class, c -> isChunk(c, 1) ? new Chunk(c.id(), chunk(0).part()) : c)),
        lie(
            "another node's chunk",
            NO_DELEGATE,
            altered(
                Chunk.class,
                c -> isChunk(c, 1) ? new Chunk(c.id(), site.stranger.chunks().get(0).part()) : c)),
        lie(
            "a chunk of the former base",
            "chunk",
            altered(
                Chunk.class,
                c -> isChunk(c, 1) ? new Chunk(c.id(), otherFormerChunk().part()) : c)),
        lie(
            "a chunk left out",
            "chunk",
            instead(Chunk.class, c -> isChunk(c, 1) ? Stream.of(chunk(0)) : Stream.of(c))),
        lie(
            "a chunk that isn't there",
            "is missing on the server",
            instead(Chunk.class, c -> isChunk(c, 1) ? Stream.of(refused(26)) : Stream.of(c))),
        lie("a chunk for ever", "chunk", instead(Chunk.class, c -> Stream.generate(() -> c))),
        lie(
            "a chunk cut short",
            "ends 1 bytes early",
            altered(
                Chunk.class, c -> new Chunk(c.id(), Arrays.copyOf(c.part(), c.part().length - 1)))),
        lie(
            "a chunk too long",
            "1 bytes left over",
            altered(
                Chunk.class, c -> new Chunk(c.id(), Arrays.copyOf(c.part(), c.part().length + 1)))),
        lie(
            "a chunk that promises further segments without end",
            "chunk",
            instead(
                Chunk.class,
                c ->
                    Stream.concat(
                        Stream.of(new Chunk(c.id(), flipped(c.part(), 67))),
                        Stream.generate(() -> new Segment(oversized()))))));
  }

  /** Of a base that stands on another. */
  Stream<Arguments> layers() {
    Base base = site.now.base();
    Base parent = site.now.parent();
    return Stream.of(
        lie(
            "no layer below",
            "a base that the current one stands on is missing on the server",
            below(g -> refused(26))),
        lie("the base as its own layer below", ANOTHER, below(g -> base)),
        lie(
            "another node's manifest as the layer below",
            NO_DELEGATE,
            below(g -> site.stranger.base())),
        lie(
            "one bit of the layer below",
            ALTERED,
            below(g -> with(parent, flipped(parent.part(), parent.part().length - 1)))),
        lie(
            "the layer below in the base's place",
            ALTERED,
            below(g -> new Base(base.position(), 0, parent.part()))),
        lie(
            "the layer below as a chunk",
            "out of place",
            below(g -> new Chunk(hash(1), parent.part()))));
  }

  private static Lie below(Function<GetBase, ?> by) {
    return new Lie() {
      @Override
      public Optional<Stream<?>> asked(Message request) {
        return request instanceof GetBase base && !base.digest().isZero()
            ? Optional.of(Stream.of(by.apply(base)))
            : Optional.empty();
      }
    };
  }

  private static Base with(Base base, byte[] part) {
    return new Base(base.position(), base.receivedAt(), part);
  }

  Stream<Arguments> claims() {
    StoredClaim mine = site.now.claims().claims().get(0);
    StoredClaim theirs = site.stranger.claims().claims().get(0);
    Claim claim = mine.claim();
    return Stream.of(
        lie("no claim", NO_DELEGATE, altered(Claims.class, c -> new Claims(List.of()))),
        lie("another node's claim", "isn't signed by the node", claims(theirs)),
        lie(
            "a claim by a forged signature",
            "isn't signed by the node",
            claims(
                stored(
                    new Claim(1, claim.delegate(), claim.delegation(), theirs.claim().signature()),
                    mine.head()))),
        lie(
            "a claim with another's delegation",
            "isn't signed by the node",
            claims(
                stored(
                    new Claim(1, claim.delegate(), theirs.claim().delegation(), claim.signature()),
                    mine.head()))),
        lie(
            "a claim for another delegate",
            "isn't signed by the node",
            claims(
                stored(
                    new Claim(1, theirs.claim().delegate(), claim.delegation(), claim.signature()),
                    mine.head()))),
        lie(
            "a claim under another number",
            "came where claim 1 belongs",
            claims(
                stored(
                    new Claim(2, claim.delegate(), claim.delegation(), claim.signature()),
                    mine.head()))),
        lie(
            "a claim renumbered",
            "isn't signed by the node",
            claims(
                mine,
                stored(
                    new Claim(2, claim.delegate(), claim.delegation(), claim.signature()),
                    mine.head()))),
        lie("a claim twice", "came where claim 2 belongs", claims(mine, mine)),
        lie(
            "a claim for ever",
            "came where claim 2 belongs",
            answer(GetClaims.class, g -> Stream.of(new Claims(List.of(mine))))),
        lie(
            "a claim after what it wrote",
            "while another delegate was the writer",
            claims(stored(claim, end(1, 99_999, 99_999, hash(1)).head()))));
  }

  private static Lie claims(StoredClaim... claims) {
    return altered(Claims.class, c -> c.claims().isEmpty() ? c : new Claims(List.of(claims)));
  }

  private static StoredClaim stored(Claim claim, Head head) {
    return new StoredClaim(claim, head);
  }

  private Chunk chunk(int index) {
    return site.now.chunks().get(index);
  }

  private boolean isChunk(Chunk chunk, int index) {
    return chunk.id().equals(chunk(index).id());
  }

  private Chunk otherFormerChunk() {
    return site.former.chunks().stream().filter(c -> !isChunk(c, 1)).findFirst().orElseThrow();
  }
}
