package org.cldcb.e2e.backup;

import static org.cldcb.e2e.backup.Falsehood.at;
import static org.cldcb.e2e.backup.Falsehood.garbage;
import static org.cldcb.e2e.backup.Falsehood.lie;
import static org.cldcb.e2e.backup.Falsehood.resized;
import static org.cldcb.e2e.backup.Falsehood.signature;
import static org.cldcb.e2e.rig.Lie.answer;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.wire.Append;
import org.cldcb.wire.Appended;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Flags;
import org.cldcb.wire.Pong;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Segment;
import org.cldcb.wire.Superseded;
import org.junit.jupiter.params.provider.Arguments;

/** Answers to a write, as no honest server gives them. */
final class LiesAboutWrites {
  private static final String OUT_OF_PLACE = "a message that is out of place";
  private static final String PROVES_NOTHING = "says superseded but proves nothing";
  private static final Flags USABLE = new Flags(true, false, false);
  private static final Hash INVENTED = Hash.of("an invented digest of 32 bytes..".getBytes());

  private LiesAboutWrites() {}

  static Stream<Arguments> answersToAnAppend() {
    return Stream.of(
        ack(
            "another digest",
            "acknowledged something else",
            a -> new Appended(a.position().seq(), INVENTED, USABLE)),
        ack(
            "the digest before",
            "acknowledged something else",
            a -> new Appended(a.position().seq(), a.position().prev(), USABLE)),
        ack(
            "another seq",
            "acknowledged something else",
            a -> new Appended(a.position().seq() + 1, digest(a), USABLE)),
        ack("something that nobody asked for", OUT_OF_PLACE, a -> new Pong(0)),
        ack("a request", OUT_OF_PLACE, a -> a),
        ack("a segment", OUT_OF_PLACE, a -> new Segment(new byte[33])),
        ack("an unknown type", "unknown message type 99", a -> new byte[] {0, 99}),
        ack("nothing at all", "ends 1 bytes early", a -> new byte[0]),
        ack("a byte too few", "ends 1 bytes early", a -> resized(acked(a).encode(), -1)),
        ack("a byte too many", "1 bytes left over", a -> resized(acked(a).encode(), 1)),
        ack("the largest message", "bytes left over", a -> resized(acked(a).encode(), 65_535)),
        ack("flags that don't exist", "flags", a -> at(acked(a).encode(), 42, 0xff, 1)),
        ack("what isn't encrypted", "tampered with", a -> garbage()),
        lie(
            "for ever something else",
            OUT_OF_PLACE,
            answer(Append.class, a -> Stream.generate(() -> new Pong(0)))));
  }

  private static Arguments ack(String what, String says, Function<Append, ?> lie) {
    return lie(what, says, answer(Append.class, a -> Stream.of(lie.apply(a))));
  }

  private static Head before(Append append) {
    Position at = append.position();
    return new Head(at.generation(), at.seq() - 1, at.dataVersion() - 1, at.prev());
  }

  static Appended acked(Append append) {
    return new Appended(append.position().seq(), digest(append), USABLE);
  }

  static Hash digest(Append append) {
    return ChainDigest.ofRecord(append.position()).update(append.part()).finish();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(RefusalCode.values())
        .map(
            code ->
                lie(
                    "refused " + code,
                    code == RefusalCode.NO_USABLE_BASE ? "making a full backup" : "waiting since",
                    answer(
                        Append.class,
                        a ->
                            Stream.of(
                                new Refused(
                                    code,
                                    new Head(
                                        a.position().generation(),
                                        a.position().seq() - 1,
                                        a.position().dataVersion() - 1,
                                        a.position().prev()),
                                    Head.EMPTY)))));
  }

  static Stream<Arguments> errors() {
    return Stream.concat(
        Stream.of(ErrorCode.values())
            .map(
                code ->
                    lie(
                        "error " + code,
                        "waiting since",
                        answer(
                            Append.class, a -> Stream.of(new ErrorMessage(code, "so it says"))))),
        Stream.of(
            lie(
                "an unknown error",
                "waiting since",
                answer(Append.class, a -> Stream.of(new byte[] {0, 3, 0, 99, 0, 0}))),
            lie(
                "an error longer than its message",
                "early",
                answer(Append.class, a -> Stream.of(new byte[] {0, 3, 0, 9, 1, 0}))),
            lie(
                "an error of too many bytes",
                "error text of 65535 bytes",
                answer(Append.class, a -> Stream.of(new byte[] {0, 3, 0, 9, -1, -1}))),
            lie(
                "an error for terminals",
                "?[31m",
                answer(
                    Append.class,
                    a -> Stream.of(new ErrorMessage(ErrorCode.BAD_MESSAGE, "\u001b[31mred"))))));
  }

  static Stream<Arguments> supersessions(LightningDir dir) throws Exception {
    PublicKey other = PrivateKey.generate(new SecureRandom()).publicKey();
    Path plugin = dir.wrapper();
    try (NodeKey node = HsmSecret.open(dir.hsmSecret());
        NodeKey stranger = HsmSecret.ofPlain(new byte[32]).nodeKey();
        Wrapper wrapper = WrapperFile.read(plugin)) {
      PublicKey server = wrapper.server().serverKey();
      PublicKey mine = wrapper.delegateKey().publicKey();
      long claim = wrapper.claim();
      return Stream.of(
          superseded(
              "a claim that nobody signed", new Claim(claim + 1, other, signature(), signature())),
          superseded("a stranger's claim", claim(stranger, claim + 1, other, server)),
          superseded("an older claim", claim(node, claim - 1, other, server)),
          superseded("a claim of its own number", claim(node, claim, other, server)),
          superseded("a later claim of its own", claim(node, claim + 1, mine, server)),
          superseded("a claim on another server", claim(node, claim + 1, other, other)),
          superseded(
              "a claim under a higher number",
              renumbered(claim + 9, claim(node, claim, other, server))),
          superseded(
              "a claim with another's delegation",
              redelegated(
                  claim(node, claim + 1, other, server), claim(node, claim + 1, mine, server))),
          lie("no claim", "early", answer(Append.class, a -> Stream.of(new byte[] {0, 4}))));
    }
  }

  private static Arguments superseded(String what, Claim claim) {
    return lie(what, PROVES_NOTHING, answer(Append.class, a -> Stream.of(new Superseded(claim))));
  }

  private static Claim claim(NodeKey node, long number, PublicKey delegate, PublicKey server) {
    return new Claim(
        number,
        delegate,
        Delegation.delegate(node, delegate),
        node.sign(Delegation.claimText(number, delegate, server)));
  }

  private static Claim renumbered(long number, Claim claim) {
    return new Claim(number, claim.delegate(), claim.delegation(), claim.signature());
  }

  private static Claim redelegated(Claim claim, Claim other) {
    return new Claim(claim.number(), claim.delegate(), other.delegation(), claim.signature());
  }
}
