package org.cldcb.server.net;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.StoreException;

/** Counts the calls that a store gets, and fails or holds back those that it is told to. */
final class StoreSpy {
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private volatile String failing = "";
  private volatile String held = "";

  BackupStore before(BackupStore store) {
    return (BackupStore)
        Proxy.newProxyInstance(
            StoreSpy.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (proxy, method, arguments) -> call(store, method, arguments));
  }

  private Object call(BackupStore store, Method method, Object[] arguments) throws Throwable {
    calls.computeIfAbsent(method.getName(), name -> new AtomicInteger()).incrementAndGet();
    if (method.getName().equals(failing)) {
      return fail(method);
    }
    try {
      Object result = method.invoke(store, arguments);
      return method.getName().equals(held)
          ? released.thenCompose(go -> (CompletableFuture<?>) result)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object fail(Method method) {
    StoreException failure = new StoreException("broken by the test");
    if (method.getReturnType() == CompletableFuture.class) {
      return CompletableFuture.failedFuture(failure);
    }
    throw failure;
  }

  int calls(String method) {
    return calls.getOrDefault(method, new AtomicInteger()).get();
  }

  void fail(String method) {
    failing = method;
  }

  /** Holds the answers to a method back until {@link #release}. */
  void hold(String method) {
    held = method;
  }

  void release() {
    released.complete(null);
  }
}
