package org.cldcb.client.recover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.client.recover.ScriptedServer.Stored;
import org.cldcb.codec.Hash;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.BlockTags;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.ChunkList;
import org.cldcb.format.DeltaWriter;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.Identity;
import org.cldcb.format.Manifest;
import org.cldcb.format.Place;
import org.cldcb.format.RecordWriter;
import org.cldcb.format.RootDigest;
import org.cldcb.format.RunSource;
import org.cldcb.io.Spool;
import org.cldcb.link.Access;

/** A node with a plugin that backs it up to a {@link ScriptedServer}, with real envelopes. */
final class TestNode {
  static final int CHUNK = 4096;
  static final long CLOCK = 1_700_000_000;

  private static final SecureRandom RANDOM = new SecureRandom();

  final byte[] hsmSecret = random(32);
  final PublicKey serverKey = PrivateKey.generate(RANDOM).publicKey();
  final ScriptedServer server = new ScriptedServer();
  final byte[] chunkIdKey = random(32);
  Identity identity;
  PrivateKey delegate = PrivateKey.generate(RANDOM);
  List<String> findings = List.of();

  /** What recoveries asked this node's key for. */
  final List<PublicKey> points = new ArrayList<>();

  /** What the node's key was asked to sign on recovery. */
  final List<String> texts = new ArrayList<>();

  private RunSource runs;

  /** That of the last base. */
  private byte[] file = {};

  TestNode() {
    try (NodeKey key = key()) {
      identity = new Identity(new Network("regtest"), key.nodeId());
    }
    runs = new RunSource(identity, delegate, RANDOM);
  }

  NodeKey key() {
    try {
      return HsmSecret.parse(hsmSecret);
    } catch (HsmSecretException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What recover asks with: a new delegate. */
  Access access() {
    try (NodeKey key = key()) {
      PrivateKey asking = PrivateKey.generate(RANDOM);
      return new Access(
          new Contact(serverKey, "backup.example", 9736),
          identity,
          asking,
          Delegation.delegate(key, asking.publicKey()));
    }
  }

  Source source() {
    return source(access());
  }

  Source source(Access access) {
    return new Source(
        identity,
        new AskedKey(key(), points, texts),
        serverKey,
        access.delegateKey().publicKey(),
        access.delegation(),
        server,
        Duration.ofMillis(1));
  }

  /** A new delegate seals from now on; it hasn't claimed yet. */
  void changeDelegate() {
    sealWith(PrivateKey.generate(RANDOM));
  }

  /** This delegate seals from now on, in a new run. */
  void sealWith(PrivateKey key) {
    delegate = key;
    runs = new RunSource(identity, delegate, RANDOM);
  }

  /** Seals for another identity from now on. */
  void sealAs(Identity other) {
    runs = new RunSource(other, delegate, RANDOM);
  }

  /** The delegate claims at the head. */
  void claim() {
    server.claims.add(new StoredClaim(signedClaim(server.claims.size() + 1), server.head));
  }

  Claim signedClaim(long number) {
    try (NodeKey key = key()) {
      PublicKey claimant = delegate.publicKey();
      MessageSignature delegation = Delegation.delegate(key, claimant);
      String text = Delegation.claimText(number, claimant, serverKey);
      return new Claim(number, claimant, delegation, key.sign(text));
    }
  }

  /** A base of this file that starts a chain. */
  void startChain(byte[] database, long dataVersion) {
    Hash chainId = Hash.of(random(32));
    Position position =
        new Position(
            server.head.generation() + 1,
            server.head.seq() + 1,
            dataVersion,
            ChainDigest.chainStart(chainId));
    base(database, position, chainId);
    server.head = position.asHead();
  }

  /** A base of this file on the head. */
  void baseOnHead(byte[] database) {
    Head head = server.head;
    Position position =
        new Position(head.generation() + 1, head.seq(), head.dataVersion(), head.digest());
    base(database, position, Hash.ZERO);
    server.records.clear();
    server.head = position.asHead();
  }

  void base(byte[] database, Position position, Hash chainId) {
    ChunkList.Builder list = new ChunkList.Builder();
    for (int at = 0; at < database.length; at += CHUNK) {
      byte[] chunk = Arrays.copyOfRange(database, at, Math.min(database.length, at + CHUNK));
      Hash id = ChunkCodec.id(chunkIdKey, chunk);
      list.add(id, storeChunk(id, chunk));
    }
    seal(
        position,
        new Manifest(facts(chainId, database.length), CHUNK, list.build(), root(database)));
    file = database;
  }

  /** A base of this file on the head, as a delta on the current base. */
  void deltaOnHead(byte[] database) {
    Head head = server.head;
    Position position =
        new Position(head.generation() + 1, head.seq(), head.dataVersion(), head.digest());
    delta(position, server.manifest.digest(), database, root(database));
    server.records.clear();
    server.head = position.asHead();
  }

  /** What differs from the file of the last base, on whatever parent, with whatever root. */
  void delta(Position position, Hash parent, byte[] database, Hash root) {
    BaseFacts facts = facts(Hash.ZERO, database.length);
    Spool spool = spool();
    try (DeltaWriter writer = new DeltaWriter(spool, facts, parent)) {
      for (int at = 0; at < database.length; at += BlockTags.BLOCK) {
        int end = Math.min(database.length, at + BlockTags.BLOCK);
        if (end > file.length || !Arrays.equals(database, at, end, file, at, end)) {
          writer.block(at / BlockTags.BLOCK, database, at, end - at);
        }
      }
      writer.finish(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    seal(position, spool);
    file = database;
  }

  /** A delta that brings nothing. */
  void sparse(Position position, Hash parent, long size, Hash root) {
    Spool spool = spool();
    try (DeltaWriter writer = new DeltaWriter(spool, facts(Hash.ZERO, size), parent)) {
      writer.finish(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    seal(position, spool);
  }

  BaseFacts facts(Hash chainId, long size) {
    return new BaseFacts(CLOCK, chainId, false, chunkIdKey, size, findings);
  }

  Hash root(byte[] database) {
    return new RootDigest().update(new BlockTags(chunkIdKey).of(database)).finish();
  }

  void seal(Position position, Manifest manifest) {
    Spool spool = spool();
    try {
      manifest.write(spool);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    seal(position, spool);
  }

  private void seal(Position position, Spool manifest) {
    server.manifest = new Stored(position, parts(seal(new Place.OfManifest(position), manifest)));
    server.manifests.put(server.manifest.digest(), server.manifest);
  }

  private static Spool spool() {
    return new Spool(Path.of(""), Integer.MAX_VALUE);
  }

  /** Stores a chunk unless it is there, and gives its envelope's digest. */
  Hash storeChunk(Hash id, byte[] chunk) {
    if (!server.chunks.containsKey(id)) {
      server.chunks.put(id, parts(seal(new Place.OfChunk(id), Spool.of(ChunkCodec.encode(chunk)))));
    }
    ChainDigest digest = ChainDigest.ofChunk(id);
    server.chunks.get(id).forEach(digest::update);
    return digest.finish();
  }

  /** A transaction, which raises the version. */
  void write(String... statements) {
    append(server.head.next(server.head.dataVersion() + 1), false, statements);
  }

  /** The first transaction of a lightningd process. */
  void firstWrite(String... statements) {
    append(server.head.next(server.head.dataVersion() + 1), true, statements);
  }

  /** A statement outside a transaction. */
  void pragma(String statement) {
    append(server.head.next(server.head.dataVersion()), false, statement);
  }

  /** A transaction in place of the last one, which never committed. */
  void replace(Head parent, String... statements) {
    server.records.remove(server.records.size() - 1);
    append(parent.next(parent.dataVersion() + 1), true, statements);
  }

  void append(Position position, boolean first, String... statements) {
    EnvelopeParts envelope =
        seal(new Place.OfRecord(position), plaintext(first, List.of(statements)));
    server.records.add(new Stored(position, parts(envelope)));
    server.head =
        new Head(
            Math.max(server.head.generation(), position.generation()),
            position.seq(),
            position.dataVersion(),
            envelope.digest());
  }

  private Spool plaintext(boolean first, List<String> statements) {
    try {
      Spool spool = spool();
      RecordWriter writer = new RecordWriter(spool);
      writer.begin(CLOCK + server.head.seq(), first);
      for (String statement : statements) {
        writer.statement(statement.toCharArray(), 0, statement.length());
      }
      writer.finish();
      return spool;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EnvelopeParts seal(Place place, Spool plaintext) {
    try {
      return runs.current().seal(place, plaintext);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> parts(EnvelopeParts envelope) {
    try {
      List<byte[]> parts = new ArrayList<>();
      while (envelope.hasNext()) {
        parts.add(envelope.next());
      }
      return parts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
