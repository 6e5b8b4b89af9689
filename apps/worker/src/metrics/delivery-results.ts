import type { Sample } from './exposition.js';

/** Attempts of this process to deliver events, counted by how they ended. */
export class DeliveryResults {
  private readonly counts = new Map<string, number>();

  /** `failure` is one of the few words of the delivery log, null when the receiver took it. */
  count(failure: string | null): void {
    const result = failure ?? 'delivered';
    this.counts.set(result, (this.counts.get(result) ?? 0) + 1);
  }

  samples(): Sample[] {
    return [...this.counts].map(([result, value]) => ({ labels: { result }, value }));
  }
}
