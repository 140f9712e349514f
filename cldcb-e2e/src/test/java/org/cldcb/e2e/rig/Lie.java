package org.cldcb.e2e.rig;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cldcb.wire.Message;

/**
 * What a hostile server does to some of its messages. A replacement is a {@link Message}, or the
 * {@code byte[]} of what passes for one; a stream of them may have no end.
 */
public interface Lie {
  /** What goes out in place of the server's message; empty: this lie isn't about it. */
  default Optional<Stream<?>> said(Message message) {
    return Optional.empty();
  }

  /** What answers a request, which the server then never sees; empty: it sees it. */
  default Optional<Stream<?>> asked(Message request) {
    return Optional.empty();
  }

  /** The server's messages of this type are replaced. */
  static <T extends Message> Lie instead(Class<T> type, Function<T, Stream<?>> by) {
    return new Lie() {
      @Override
      public Optional<Stream<?>> said(Message message) {
        return type.isInstance(message)
            ? Optional.of(by.apply(type.cast(message)))
            : Optional.empty();
      }
    };
  }

  /** The server's messages of this type are each replaced by one. */
  static <T extends Message> Lie altered(Class<T> type, Function<T, ?> by) {
    return instead(type, message -> Stream.of(by.apply(message)));
  }

  /** Requests of this type are answered without the server. */
  static <T extends Message> Lie answer(Class<T> type, Function<T, Stream<?>> by) {
    return new Lie() {
      @Override
      public Optional<Stream<?>> asked(Message request) {
        return type.isInstance(request)
            ? Optional.of(by.apply(type.cast(request)))
            : Optional.empty();
      }
    };
  }

  /** This lie, told so many times and then no more. */
  default Lie times(int count) {
    Lie lie = this;
    AtomicInteger left = new AtomicInteger(count);
    return new Lie() {
      @Override
      public Optional<Stream<?>> said(Message message) {
        return counted(lie.said(message));
      }

      @Override
      public Optional<Stream<?>> asked(Message request) {
        return left.get() > 0 ? counted(lie.asked(request)) : Optional.empty();
      }

      private Optional<Stream<?>> counted(Optional<Stream<?>> told) {
        return told.isPresent() && left.getAndDecrement() > 0 ? told : Optional.empty();
      }
    };
  }
}
