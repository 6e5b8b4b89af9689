const acceptable = /^[\w.-]{8,64}$/;

/** The caller's own X-Request-Id when it is harmless, else a new one. */
export function requestIdOf(header: string | string[] | undefined, newId: () => string): string {
  return typeof header === 'string' && acceptable.test(header) ? header : newId();
}
