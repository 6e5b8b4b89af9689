/** 40001 serialization failure, 40P01 deadlock: nothing of the transaction was done. */
const collisions = new Set(['40001', '40P01']);
const causesMax = 5;

/** Whether Postgres ended the transaction because it collided with another; the same again may succeed. */
export function isCollision(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < causesMax; depth += 1) {
    if ('code' in current && typeof current.code === 'string' && collisions.has(current.code)) return true;
    current = current.cause;
  }
  return false;
}
