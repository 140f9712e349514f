package org.cldcb.client.cli;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option's value with a parser whose complaint becomes a usage error of picocli's. */
public abstract class Parsed<T> implements ITypeConverter<T> {
  private final Function<String, T> parser;

  /**
   * Reads with this.
   *
   * @param parser throws IllegalArgumentException with a line for the operator
   */
  protected Parsed(Function<String, T> parser) {
    this.parser = parser;
  }

  @Override
  public final T convert(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
