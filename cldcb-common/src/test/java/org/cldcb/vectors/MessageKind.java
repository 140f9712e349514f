package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cldcb.codec.FormatException;
import org.cldcb.wire.Append;
import org.cldcb.wire.Base;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Claims;
import org.cldcb.wire.ExampleMessages;
import org.cldcb.wire.Message;
import org.cldcb.wire.PutManifest;
import org.cldcb.wire.Segment;
import org.cldcb.wire.StoredRecord;

/** Messages, PROTOCOL §2: the examples of that document, each cut short, and broken limits. */
final class MessageKind implements Kind {
  @Override
  public String name() {
    return "message";
  }

  @Override
  public List<Vector> all() {
    List<Vector> all = new ArrayList<>();
    for (Message message : ExampleMessages.all()) {
      String name = message.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      byte[] sound = message.encode();
      all.add(vector("ok-" + name, Vector.OK, "an example of PROTOCOL.md", sound));
      if (!endsInBytes(message)) {
        all.add(bad(name + "-long", "a byte left over", Bytes.resized(sound, 1)));
      }
      if (sound.length > 2 && !(message instanceof Segment)) {
        int cut = endsInBytes(message) ? 4 : 1;
        all.add(bad(name + "-cut", "ends early", Arrays.copyOf(sound, sound.length - cut)));
      }
    }
    limits(all);
    return all;
  }

  private static void limits(List<Vector> all) {
    all.add(bad("empty", "no bytes", new byte[0]));
    all.add(bad("half-type", "half a type", new byte[1]));
    all.add(bad("type-0", "type 0", Bytes.hex("0000")));
    all.add(bad("type-99", "an unknown type", Bytes.hex("0063")));
    all.add(bad("ping-number", "an integer of 2^62", Bytes.hex("00054000000000000000")));
    all.add(bad("offer-none", "an offer of no chunk", Bytes.hex("001f0000")));
    all.add(
        bad(
            "offer-1501",
            "an offer of 1,501 chunks",
            Bytes.resized(Bytes.hex("001f05dd"), 1501 * 32)));
    all.add(bad("claims-201", "201 claims", claims(201)));
    all.add(
        bad(
            "error-text",
            "an error text of 501 bytes",
            Bytes.resized(Bytes.hex("0003000301f5"), 501)));
    all.add(bad("error-code-0", "error 0", Bytes.hex("000300000000")));
    all.add(bad("error-code-11", "error 11", Bytes.hex("0003000b0000")));
    all.add(bad("error-utf8", "an error text that is no UTF-8", Bytes.hex("000300010001ff")));
    byte[] hello = ExampleMessages.all().get(0).encode();
    all.add(bad("hello-mode", "mode 3", Bytes.put(hello, 3, (byte) 3)));
    all.add(bad("hello-network-none", "an empty network", Bytes.put(hello, 12, (byte) 0)));
    all.add(
        bad("hello-network-upper", "a network in upper case", Bytes.put(hello, 13, (byte) 'R')));
    all.add(bad("hello-node-id", "a node id that is no point", Bytes.put(hello, 20, (byte) 5)));
    byte[] welcome = ExampleMessages.all().get(1).encode();
    all.add(bad("welcome-standing", "standing 3", Bytes.put(welcome, 10, (byte) 3)));
    all.add(
        bad(
            "welcome-flags",
            "a reserved flag is set",
            Bytes.put(welcome, welcome.length - 1, (byte) 8)));
  }

  /** So many times the one of the example. */
  private static byte[] claims(int count) {
    Message one =
        ExampleMessages.all().stream().filter(Claims.class::isInstance).findFirst().orElseThrow();
    byte[] bytes = one.encode();
    byte[] claim = Arrays.copyOfRange(bytes, 4, bytes.length);
    return Bytes.joined(
        Stream.concat(
                Stream.of(Bytes.put(Arrays.copyOf(bytes, 4), 2, (byte) (count >> 8), (byte) count)),
                Collections.nCopies(count, claim).stream())
            .toList());
  }

  private static boolean endsInBytes(Message m) {
    return m instanceof Append
        || m instanceof PutManifest
        || m instanceof Chunk
        || m instanceof Base
        || m instanceof StoredRecord
        || m instanceof Segment;
  }

  private static Vector bad(String name, String comment, byte[] payload) {
    return vector("malformed-" + name, "malformed", comment, payload);
  }

  private static Vector vector(String name, String expect, String comment, byte[] payload) {
    return Vector.of("message/" + name, expect, comment, payload);
  }

  @Override
  public String read(Vector vector) {
    try {
      Message read = Message.decode(vector.payload());
      assertThat(read.encode()).isEqualTo(vector.payload());
      assertThat(vector.name())
          .isEqualTo("message/ok-" + read.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      return Vector.OK;
    } catch (FormatException e) {
      return "malformed";
    }
  }
}
