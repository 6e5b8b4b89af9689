import type { RelationId, SourceRelationId } from '../kernel/index.js';
import type { NearTies } from './matching/index.js';

/** Accounts that are tied to each other, by id. */
export type Party = readonly SourceRelationId[];

/** Who is tied to whom among many accounts, as far as they were looked at. */
export class TiedAccounts {
  /** Of those that stand for more than themselves: for how many. */
  private readonly sizes = new Map<string, number>();
  /** Each account's next one towards the one that stands for all that are tied to it. */
  private readonly towards = new Map<string, string>();
  private readonly seen = new Set<string>();
  /** One account of each relation. */
  private readonly firstOf = new Map<RelationId, SourceRelationId>();
  private readonly placed = new Set<string>();
  /** Reached, and left for later. */
  private readonly left = new Set<string>();
  readonly stems = new Map<string, number>();

  /** An account that was looked at. */
  add({ id, tied, shared }: NearTies & { readonly id: SourceRelationId }): void {
    this.seen.add(id);
    for (const other of tied) this.tie(id, other);
    this.noteShared(shared);
  }

  /** How many names use some values, as far as one account's neighbours tell. */
  noteShared(shared: NearTies['shared']): void {
    for (const [key, count] of shared) this.stems.set(key, Math.max(count, this.stems.get(key) ?? 0));
  }

  /** An account that was reached has that relation: whoever is tied to another one of it is of the same party. */
  belongs(id: SourceRelationId, relationId: RelationId): void {
    this.placed.add(id);
    const first = this.firstOf.get(relationId) ?? id;
    this.firstOf.set(relationId, first);
    this.tie(first, id);
  }

  /** Accounts that others are tied to and that nobody saw to yet; those of one party side by side: they share their neighbours. */
  reached(): SourceRelationId[] {
    const ids = [...this.towards.keys()].filter((id) => !this.seen.has(id)) as SourceRelationId[]; // ids of accounts
    return [...Map.groupBy(ids.sort(), (id) => this.standInOf(id)).values()].flat();
  }

  /** Leaves accounts for later: to them these ties are unknown. */
  leave(ids: readonly SourceRelationId[]): void {
    for (const id of ids) this.left.add(id);
  }

  /** How many accounts are tied to it as far as is known, itself included. */
  sizeAround(id: SourceRelationId): number {
    return this.sizeOf(this.standInOf(id));
  }

  /** No longer to be looked at. */
  settle(ids: readonly SourceRelationId[]): void {
    for (const id of ids) this.seen.add(id);
  }

  /** Of a party with more accounts without a relation than `freshMax` the first ones by id, with all that have one. */
  parties(freshMax = Infinity): Party[] {
    const all = [...new Set([...this.towards.keys(), ...this.seen])].sort() as SourceRelationId[]; // as above
    const ids = all.filter((id) => !this.left.has(id));
    return [...Map.groupBy(ids, (id) => this.standInOf(id)).values()].map((party) => {
      let fresh = 0;
      return party.filter((id) => this.placed.has(id) || ++fresh <= freshMax);
    });
  }

  private tie(one: string, other: string): void {
    const [a, b] = [this.standInOf(one), this.standInOf(other)];
    this.towards.set(a, a);
    if (a === b) return;
    this.towards.set(b, a);
    this.sizes.set(a, this.sizeOf(a) + this.sizeOf(b));
    this.sizes.delete(b);
  }

  private sizeOf(standIn: string): number {
    return this.sizes.get(standIn) ?? 1;
  }

  private standInOf(id: string): string {
    let at = id;
    for (let next = this.towards.get(at); next !== undefined && next !== at; next = this.towards.get(at)) {
      this.towards.set(at, this.towards.get(next) ?? next);
      at = next;
    }
    return at;
  }
}
