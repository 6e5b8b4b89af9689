import type { WrittenPart } from '../../sync/index.js';
import type { PartFields } from './source-part.js';

/** Values that may stand before one write; of more doubts than this, the oldest values are held for somebody's edit. */
const mayStandMax = 8;

/** Everything that may stand in the patched fields when the write's turn comes; empty when nothing of that is known. */
export function mayStand({ was, orWas = [] }: Pick<WrittenPart, 'was' | 'orWas'>): readonly PartFields[] {
  return was === null ? [] : [was, ...orWas];
}

/** What a write counts on when any of these may stand; the first is the likeliest. */
export function countingOn(pictures: readonly PartFields[]): Pick<WrittenPart, 'was' | 'orWas'> {
  const distinct = new Map(pictures.map((picture) => [JSON.stringify(picture), picture]));
  const [was = null, ...orWas] = [...distinct.values()].slice(0, mayStandMax);
  return orWas.length === 0 ? { was } : { was, orWas };
}
