import type { Sample } from './exposition.js';

/** Calls of this process to Exact, counted by the class of their answer. */
export class ExactCalls {
  private readonly counts = new Map<string, number>();

  /** `status` is 0 when no answer came. */
  count(status: number): void {
    const kind = status === 0 ? 'none' : `${Math.floor(status / 100)}xx`;
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  samples(): Sample[] {
    return [...this.counts].map(([kind, value]) => ({ labels: { class: kind }, value }));
  }
}
