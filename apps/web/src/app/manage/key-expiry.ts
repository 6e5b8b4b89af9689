/** How long a new key is valid; `undefined` is without end. */
export const keyLifetimes = [30, 90, 365, undefined] as const;
export type KeyLifetime = (typeof keyLifetimes)[number];

const dayMs = 24 * 60 * 60 * 1_000;

/** The moment at which a key that is made now ends, as the api takes it. */
export function expiryOf(lifetimeDays: KeyLifetime, now: Date): string | undefined {
  return lifetimeDays === undefined
    ? undefined
    : new Date(now.getTime() + lifetimeDays * dayMs).toISOString();
}

export type KeyState = 'valid' | 'ends-soon' | 'ended';

/** A key that ends within this time is pointed out. */
const soonMs = 14 * dayMs;

export function keyStateOf(expiresAt: string | null, now: Date): KeyState {
  if (expiresAt === null) return 'valid';
  const leftMs = Date.parse(expiresAt) - now.getTime();
  if (leftMs <= 0) return 'ended';
  return leftMs <= soonMs ? 'ends-soon' : 'valid';
}
