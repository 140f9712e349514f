package org.cldcb.e2e.backup;

import static org.cldcb.e2e.backup.Falsehood.at;
import static org.cldcb.e2e.backup.Falsehood.lie;
import static org.cldcb.e2e.backup.Falsehood.resized;
import static org.cldcb.e2e.backup.Falsehood.withHead;
import static org.cldcb.e2e.rig.Lie.altered;
import static org.cldcb.e2e.rig.Lie.answer;
import static org.cldcb.e2e.rig.Lie.instead;

import java.util.List;
import java.util.stream.Stream;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.e2e.rig.Lie;
import org.cldcb.wire.Based;
import org.cldcb.wire.Flags;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Pong;
import org.cldcb.wire.Stored;
import org.cldcb.wire.Welcome;
import org.junit.jupiter.params.provider.Arguments;

/** Welcomes, and answers to a base, as no honest server gives them. */
final class LiesAboutSessions {
  private static final String OUT_OF_PLACE = "a message that is out of place";
  private static final Flags USABLE = new Flags(true, false, false);
  private static final Hash INVENTED = Hash.of("an invented digest of 32 bytes..".getBytes());

  private LiesAboutSessions() {}

  static Stream<Arguments> welcomes() {
    return Stream.of(
        lie("another message", OUT_OF_PLACE, answer(Hello.class, h -> Stream.of(new Pong(0)))),
        lie(
            "talk for ever",
            OUT_OF_PLACE,
            answer(Hello.class, h -> Stream.generate(() -> new Pong(0)))),
        lie(
            "welcomes for ever",
            OUT_OF_PLACE,
            instead(Welcome.class, w -> Stream.generate(() -> w))),
        lie(
            "an older head",
            "making a full backup",
            altered(Welcome.class, w -> withHead(w, new Head(1, 1, 1, INVENTED)))),
        lie(
            "no head",
            "making a full backup",
            altered(Welcome.class, w -> withHead(w, Head.EMPTY))),
        lie(
            "a generation without a next",
            "integer of 2^62 or more",
            altered(Welcome.class, w -> at(w.encode(), 27, 0x7f, 1))),
        lie(
            "a standing that doesn't exist",
            "standing",
            altered(Welcome.class, w -> at(w.encode(), 10, 9, 1))),
        lie(
            "a byte too few",
            "ends 1 bytes early",
            altered(Welcome.class, w -> resized(w.encode(), -1))),
        lie(
            "a byte too many",
            "1 bytes left over",
            altered(Welcome.class, w -> resized(w.encode(), 1))));
  }

  static Stream<Arguments> answersToABase() {
    return Stream.of(
        lie(
            "the head of another base",
            "acknowledged another base",
            noBase(),
            altered(
                Based.class,
                b ->
                    new Based(
                        new Head(
                            b.head().generation(),
                            b.head().seq(),
                            b.head().dataVersion(),
                            INVENTED),
                        USABLE))),
        lie(
            "a later head",
            "acknowledged another base",
            noBase(),
            altered(
                Based.class,
                b ->
                    new Based(
                        new Head(
                            b.head().generation(),
                            b.head().seq() + 1,
                            b.head().dataVersion(),
                            b.head().digest()),
                        USABLE))),
        lie(
            "fewer chunks",
            "another number of chunks",
            noBase(),
            altered(Offered.class, o -> new Offered(o.digests().subList(1, o.digests().size())))),
        lie(
            "more chunks",
            "another number of chunks",
            noBase(),
            altered(Offered.class, o -> new Offered(twice(o.digests())))),
        lie("no chunks", "", noBase(), altered(Offered.class, o -> new byte[] {0, 32, 0, 0})),
        lie(
            "more than a message holds",
            "",
            noBase(),
            altered(Offered.class, o -> new byte[] {0, 32, -1, -1})),
        lie(
            "chunks that it lacks",
            "waiting since",
            noBase(),
            altered(
                Offered.class, o -> new Offered(o.digests().stream().map(d -> INVENTED).toList()))),
        lie(
            "another chunk stored",
            "acknowledged another chunk",
            noBase(),
            lacking(),
            altered(Stored.class, s -> new Stored(INVENTED, s.digest()))),
        lie(
            "nothing stored",
            "acknowledged another chunk",
            noBase(),
            lacking(),
            altered(Stored.class, s -> new Stored(s.id(), Hash.ZERO))));
  }

  static Lie noBase() {
    return altered(
        Welcome.class,
        w ->
            new Welcome(
                w.serverTime(),
                w.standing(),
                w.claimNumber(),
                w.epoch(),
                w.head(),
                w.parent(),
                new Flags(false, false, false)));
  }

  private static Lie lacking() {
    return altered(
        Offered.class, o -> new Offered(o.digests().stream().map(d -> Hash.ZERO).toList()));
  }

  private static List<Hash> twice(List<Hash> hashes) {
    return Stream.concat(hashes.stream(), hashes.stream()).toList();
  }
}
