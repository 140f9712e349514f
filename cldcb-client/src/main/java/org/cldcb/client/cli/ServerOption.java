package org.cldcb.client.cli;

import org.cldcb.contact.Contact;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

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

  static final class ContactConverter extends Parsed<Contact> {
    ContactConverter() {
      super(Contact::parse);
    }
  }
}
