import type { Random } from '../random.js';
import type { Division } from '../store/division.js';
import { observe } from './observe.js';
import { PartyMaker } from './party-maker.js';
import type { Party } from './party.js';
import { addRelation, type NewRelation } from './relations.js';

/** Shares that shape how administrations overlap; together they give 30 to 60 % shared relations. */
const SHARED_SHARE = 0.25;
const COPIED_SHARE = 0.22;
const DOUBLE_SHARE = 0.025;
const BRANCH_SHARE = 0.02;
const SPREAD_MAX = 6;
const HOUR_MS = 3_600_000;
/** Relations came in over about five years. */
const HISTORY_MS = 1_900 * 24 * HOUR_MS;

/** An administration that is being filled. */
export interface Site {
  readonly division: Division;
  readonly relations: number;
}

export interface Population {
  readonly today: number;
  readonly contacts: number;
  readonly random: Random;
}

/** Fills all administrations with relations until each has its number. */
export function populate(sites: readonly Site[], parties: PartyMaker, population: Population): void {
  const filler = new Filler(sites, parties, population);
  filler.copyMasters();
  filler.fill();
}

class Filler {
  private readonly left: number[];
  private at: number;
  private readonly stepMs: number;

  constructor(
    private readonly sites: readonly Site[],
    private readonly parties: PartyMaker,
    private readonly population: Population,
  ) {
    this.left = sites.map(({ division, relations }) => relations - division.tables.Accounts.size);
    const total = this.left.reduce((sum, left) => sum + left, 0);
    this.stepMs = Math.max(1, Math.floor(HISTORY_MS / Math.max(1, total)));
    this.at = population.today - HISTORY_MS;
  }

  /** The second administration began as a copy of the first: equal codes, other GUIDs, a little drift since. */
  copyMasters(): void {
    const count = Math.floor(Math.min(this.left[0] ?? 0, this.left[1] ?? 0) * COPIED_SHARE);
    for (let copied = 0; copied < count;) {
      for (const party of this.parties.next()) {
        if (copied >= count) break;
        const first = this.add(0, party, { isClean: false, mark: 'copied' });
        if (first) this.add(1, party, { isClean: true, mark: 'copied', like: first });
        copied += 1;
      }
    }
  }

  fill(): void {
    for (;;) {
      const open = this.left.flatMap((left, site) => (left > 0 ? [site] : []));
      if (open.length === 0) return;
      for (const party of this.parties.next()) this.spread(party, open);
    }
  }

  private spread(party: Party, open: readonly number[]): void {
    const { random } = this.population;
    const isShared = open.length > 1 && random.chance(SHARED_SHARE);
    const count = isShared ? Math.min(open.length, SPREAD_MAX, 2 + Math.floor(random.next() ** 2 * 5)) : 1;
    const start = random.int(open.length);
    for (let i = 0; i < count; i += 1) {
      const site = open[(start + i) % open.length] ?? 0;
      const seen =
        i > 0 && random.chance(BRANCH_SHARE) && party.kind === 'company' ? this.branchOf(party) : party;
      this.add(site, seen, { isClean: i === 0 && random.chance(0.5) });
      if (random.chance(DOUBLE_SHARE)) this.add(site, party, { isClean: false, mark: 'double' });
    }
  }

  /** Another establishment of the same company: same numbers, another address. */
  private branchOf(party: Party): Party {
    const other = this.parties.company();
    return { ...party, place: other.place, phone: other.phone, trap: 'branch' };
  }

  private add(
    site: number,
    party: Party,
    how: { readonly isClean: boolean; readonly mark?: string; readonly like?: NewRelation },
  ): NewRelation | undefined {
    const target = this.sites[site];
    if (!target || (this.left[site] ?? 0) <= 0) return undefined;
    this.left[site] = (this.left[site] ?? 0) - 1;
    this.at += this.population.random.int(2 * this.stepMs);
    const relation = this.relation(party, how, target.division);
    addRelation(target.division, this.population.random, relation);
    return relation;
  }

  private relation(
    party: Party,
    how: { readonly isClean: boolean; readonly mark?: string; readonly like?: NewRelation },
    division: Division,
  ): NewRelation {
    const { random, today, contacts } = this.population;
    const at = Math.min(this.at, today - HOUR_MS);
    const observation =
      how.like && random.chance(0.8)
        ? how.like.observation
        : observe(party, random, { today, isClean: how.isClean });
    const code = how.like?.code ?? division.nextAccountCode;
    const relation = { party, observation, at, contacts, code };
    return how.mark === undefined ? relation : { ...relation, mark: how.mark };
  }
}
