/** An adapter whose every call runs in a transaction of its own, as use cases run. */
export function perCall<Adapter extends object>(
  run: (work: (adapter: Adapter) => Promise<unknown>) => Promise<unknown>,
): Adapter {
  return new Proxy({} as Adapter, {
    get: (_, name) => {
      if (name === 'then') return undefined; // an adapter is not a promise
      return (...args: unknown[]) =>
        run((adapter) =>
          (adapter[name as keyof Adapter] as (...all: unknown[]) => Promise<unknown>).apply(adapter, args),
        );
    },
  });
}
