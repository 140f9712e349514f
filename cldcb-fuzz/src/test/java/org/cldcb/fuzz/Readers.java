package org.cldcb.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.regex.Pattern;
import org.cldcb.codec.FormatException;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperException;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.wire.Message;

/** The readers of a single value. */
final class Readers {
  private static final Pattern PORT = Pattern.compile(":[0-9]+$");

  private Readers() {}

  static void message(byte[] input) throws FormatException {
    Same.bytes(input, Message.decode(input).encode());
  }

  static void wrapper(byte[] input) throws WrapperException {
    try (Wrapper wrapper = WrapperFile.parse(input)) {
      Same.bytes(input, WrapperFile.format(wrapper));
    }
  }

  /** An operator may type the key in capitals and leave out the port; nothing else. */
  static void contact(byte[] input) {
    String text = new String(input, ISO_8859_1);
    String written = Contact.parse(text).toString();
    int host = text.indexOf('@');
    String key = text.substring(0, host).toLowerCase(Locale.ROOT);
    boolean withPort = PORT.matcher(text).find();
    String port = withPort ? "" : ":" + Contact.DEFAULT_PORT;
    Same.value(key + text.substring(host) + port, written);
  }

  static void signature(byte[] input) {
    String text = new String(input, ISO_8859_1);
    Same.value(text, MessageSignature.parse(text).zbase32());
  }
}
