package org.cldcb.server.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A quota on the command line: {@code 10GiB}, {@code 500MiB}, or {@code none}, which is 0. */
final class SizeConverter implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})([MGT])iB");

  @Override
  public Long convert(String text) {
    if (text.equals("none")) {
      return 0L;
    }
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no size; it is like 500MiB, 10GiB or 1TiB, or none");
    }
    int shift = 20 + 10 * "MGT".indexOf(size.group(2));
    return Long.parseLong(size.group(1)) << shift;
  }
}
