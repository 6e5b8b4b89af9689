import type { Sample } from './exposition.js';

export type FencedWork = 'fetch' | 'compare' | 'write';

/** Faults that this process met and that left nothing behind: for who watches whether they become many. */
export class SurvivedFaults {
  private readonly fenced = new Map<FencedWork, number>([
    ['fetch', 0],
    ['compare', 0],
    ['write', 0],
  ]);
  private rests = 0;
  private rebuilds = 0;

  /** What was done was not stored: another worker had taken the work over, or it had been cancelled (F02). */
  countFenced(work: FencedWork): void {
    this.fenced.set(work, (this.fenced.get(work) ?? 0) + 1);
  }

  /** Upkeep had stopped several workers in a row, and is left alone for a while (F04). */
  countRest(): void {
    this.rests += 1;
  }

  /** The queue had forgotten what this process saw in it (F26). */
  countRebuild(): void {
    this.rebuilds += 1;
  }

  fencedSamples(): Sample[] {
    return [...this.fenced].map(([work, value]) => ({ labels: { work }, value }));
  }

  restSamples(): Sample[] {
    return [{ value: this.rests }];
  }

  rebuildSamples(): Sample[] {
    return [{ value: this.rebuilds }];
  }
}
