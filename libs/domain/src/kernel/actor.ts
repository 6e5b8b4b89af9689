/** Who does something: a person of the tenant, an integrator's key, or Koppel itself. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly kind: 'person' | 'api-key' | 'system';
}

/** Koppel itself: automatic merges, resyncs on schedule. */
export const systemActor: Actor = { id: 'koppel', name: 'Koppel', kind: 'system' };
