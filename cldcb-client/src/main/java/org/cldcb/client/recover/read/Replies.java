package org.cldcb.client.recover.read;

import java.io.IOException;
import org.cldcb.codec.FormatException;
import org.cldcb.wire.Message;

/** What a server sends. */
public interface Replies {
  /**
   * The next message.
   *
   * @throws org.cldcb.link.RefusedException where the server refuses the request
   */
  Message receive() throws IOException;

  /** The next message, which must be of this type. */
  default <T extends Message> T receive(Class<T> type) throws IOException {
    Message message = receive();
    if (!type.isInstance(message)) {
      throw new FormatException("the server sent a message that is out of place");
    }
    return type.cast(message);
  }
}
