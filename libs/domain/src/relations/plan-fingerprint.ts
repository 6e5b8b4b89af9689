import { hashText } from './matching/index.js';
import { sharedFieldNames } from './fields.js';
import type { Positions } from './members.js';
import type { MissingSum } from './missing-accounts.port.js';
import type { PlannedPart } from './parts/planned-parts.js';
import type { PlannedWrite } from './write-planner.js';

const seeds = [1, 2] as const;

/**
 * Tells two plans apart: equal when they would write the same values over the same values into the same accounts. It guards against
 * a world that moved, not against somebody who looks for two plans with one fingerprint.
 */
export class PlanFingerprint {
  private hashes: readonly number[] = seeds.map(() => 0);

  /** In the order of the plan. */
  add({ member, patch }: Pick<PlannedWrite, 'member' | 'patch'>): void {
    const { id, fields } = member.source;
    const lines = sharedFieldNames
      .filter((field) => field in patch)
      .map((field) => [field, fields.shared[field], patch[field]]);
    this.hash(JSON.stringify([id, lines]));
  }

  /** After all of those, in the order of the plan. */
  addPart({ intent: { sourceRelationId, part, patch }, part: there }: PlannedPart): void {
    const stands = Object.keys(patch).map((field) => there?.fields[field] ?? null);
    // Exact's own values are held against what it counts on: where they are others, it is not sent.
    const counted = [part.was, part.orWas ?? []];
    this.hash(JSON.stringify([sourceRelationId, part.kind, part.exactId, patch, stands, counted]));
  }

  /**
   * After all of those. What follows a new account, its persons and addresses, comes first from the administration that stands first
   * (`completeNew`): their order is part of what is made.
   */
  addCreates({ digest, counts, waiting }: MissingSum, administrations: Positions): void {
    this.hash(digest);
    if (counts.size === 0 && waiting.size === 0) return;
    const order = [...administrations.values()].toSorted((one, other) => one.position - other.position);
    this.hash(JSON.stringify(order.map(({ id }) => id)));
  }

  private hash(text: string): void {
    this.hashes = this.hashes.map((hash, index) => hashText(`${hash} ${text}`, seeds[index]));
  }

  text(): string {
    return this.hashes.map((hash) => hash.toString(16).padStart(14, '0')).join('');
  }
}
