/** Making a base: cutting a database file into chunks and bringing the server what it lacks. */
@org.jspecify.annotations.NullMarked
package org.cldcb.base;
