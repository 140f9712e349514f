package org.cldcb.client.cli;

import org.cldcb.contact.Contact;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a contact from the command line. */
public final class ContactConverter implements ITypeConverter<Contact> {
  @Override
  public Contact convert(String text) {
    try {
      return Contact.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
