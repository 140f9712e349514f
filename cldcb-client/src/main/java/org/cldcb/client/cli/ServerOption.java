package org.cldcb.client.cli;

import org.cldcb.contact.Contact;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which server it is about. */
public final class ServerOption {
  @Option(
      names = "--server",
      paramLabel = "CONTACT",
      converter = ContactConverter.class,
      description = "the server's contact, <66 hex digits>@host:port (default: that of before)")
  private @Nullable Contact contact;

  public @Nullable Contact contact() {
    return contact;
  }

  /** Turns a usage error into one that picocli reports. */
  static final class ContactConverter implements ITypeConverter<Contact> {
    @Override
    public Contact convert(String text) {
      try {
        return Contact.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
