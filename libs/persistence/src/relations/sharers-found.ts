import type { SourceRelationId } from '@koppel/domain/kernel';
import type { SharerBounds, SharersOfOne } from '@koppel/domain/relations';

/** Numbers for accounts, from 0: one that comes up for a hundred others is one text and a hundred numbers. */
export class NumberedIds {
  private readonly numbers = new Map<SourceRelationId, number>();
  private readonly ids: SourceRelationId[] = [];

  /** The same number for the same account. */
  numberOf(id: SourceRelationId): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }

  /** Throws a RangeError for a number that was not given out. */
  idOf(number: number): SourceRelationId {
    const id = this.ids[number];
    if (id === undefined) throw new RangeError(`no account has the number ${number}`);
    return id;
  }
}

/** What each account that has a key is shown of those that share it. */
export interface Shown {
  readonly isCrowd: boolean;
  readonly numbers: Iterable<number>;
}

/** Once per key: of one that thousands have thousands may ask. Of a crowd the first ones by id. */
export function shownOf(
  sharers: ReadonlySet<number>,
  ids: NumberedIds,
  { sharersMax, crowdMax }: SharerBounds,
): Shown {
  if (sharers.size <= sharersMax) return { isCrowd: false, numbers: sharers };
  const inOrder = [...sharers].sort((one, other) => (ids.idOf(one) < ids.idOf(other) ? -1 : 1));
  return { isCrowd: true, numbers: inOrder.slice(0, crowdMax) };
}

export const nobody: SharersOfOne = { near: [], crowd: [] };

/** Who shares keys with one account, as far as they were looked up. */
export class SharersFound {
  /** Once for each key that they share: there are ten thousands of these lists, and a map takes four times the memory. */
  private readonly near: number[] = [];
  private readonly crowd: number[] = [];

  add({ isCrowd, numbers }: Shown): void {
    const found = isCrowd ? this.crowd : this.near;
    for (const number of numbers) found.push(number);
  }

  /** Without the account itself; of the near ones at most `limit`, who share the most keys. By id. */
  besides(id: SourceRelationId, ids: NumberedIds, limit: number): SharersOfOne {
    const own = ids.numberOf(id);
    const near = countedOf(this.near).filter(([number]) => number !== own);
    const crowd = countedOf(this.crowd).filter(([number]) => number !== own);
    const idsOf = (counted: readonly Counted[]) => counted.map(([number]) => ids.idOf(number)).sort();
    return { near: idsOf(nearest(near, ids, limit)), crowd: idsOf(crowd) };
  }
}

type Counted = readonly [number: number, times: number];

function nearest(counted: Counted[], ids: NumberedIds, limit: number): readonly Counted[] {
  if (counted.length <= limit) return counted;
  const inOrder = counted.sort(([a, one], [b, other]) => other - one || (ids.idOf(a) < ids.idOf(b) ? -1 : 1));
  return inOrder.slice(0, limit);
}

/** Each number once, with how often it is there. */
function countedOf(numbers: number[]): Counted[] {
  const counted: [number, number][] = [];
  for (const number of numbers.sort((one, other) => one - other)) {
    const last = counted.at(-1);
    if (last?.[0] === number) last[1] += 1;
    else counted.push([number, 1]);
  }
  return counted;
}
