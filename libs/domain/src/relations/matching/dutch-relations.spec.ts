import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clusterRecords, compareAll, type ClusterBand, type MatchRecord, type Outcome } from './index.js';
import { aMatchRecord } from './testing/a-match-record.js';

const file = path.resolve(import.meta.dirname, '../../../../../../shared/datasets/nl_synthetic/nl_10k.csv');
const isHere = existsSync(file);
const reason = isHere ? '' : ` (skipped: ${path.basename(file)} is not on this machine)`;

interface Row {
  readonly entity: string;
  readonly record: MatchRecord;
}

interface Score {
  readonly right: number;
  readonly wrong: number;
}

// Cells with a comma are quoted, none holds a quote; a line that does not fit its header stops the test.
function readRows(): Row[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = Array.from(
      line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g),
      (cell) => cell[1] ?? cell[2] ?? '',
    );
    if (cells.length !== columns.length) throw new Error(`Not a row of ${columns.length} cells: ${line}`);
    return toRow(Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])));
  });
}

function toRow(cell: Record<string, string>): Row {
  const text = (column: string): string | null => cell[column] || null;
  const record = aMatchRecord({
    id: cell['id'] ?? '',
    administrationId: cell['admin'] ?? '',
    name: cell['name'] ?? '',
    kvk: text('kvk'),
    vat: text('vat'),
    ibans: cell['iban'] ? [cell['iban']] : [],
    email: text('email'),
    phone: text('phone'),
    website: text('website'),
    postcode: text('postcode'),
    city: text('city'),
    country: text('country'),
    addressLine1: `${cell['street'] ?? ''} ${cell['housenr'] ?? ''}`.trim() || null,
  });
  return { entity: cell['entity_id'] ?? '', record };
}

function truePairs(rows: readonly Row[], isCounted: (a: Row, b: Row) => boolean): number {
  let count = 0;
  for (const group of Map.groupBy(rows, (row) => row.entity).values()) {
    for (const [at, a] of group.entries()) for (const b of group.slice(at + 1)) if (isCounted(a, b)) count++;
  }
  return count;
}

function scoreGroups(
  groups: readonly { readonly members: readonly string[] }[],
  entityOf: ReadonlyMap<string, string>,
): Score {
  let right = 0;
  let wrong = 0;
  for (const { members } of groups) {
    for (const [at, a] of members.entries()) {
      for (const b of members.slice(at + 1)) {
        if (entityOf.get(a) === entityOf.get(b)) right++;
        else wrong++;
      }
    }
  }
  return { right, wrong };
}

const asPairs = (outcome: Outcome): { members: string[] }[] =>
  outcome.proposals.map(({ a, b }) => ({ members: [a, b] }));
const precision = ({ right, wrong }: Score): number => right / Math.max(1, right + wrong);
const percent = (part: number): string => `${(part * 100).toFixed(2)} %`;

describe(`10,000 Dutch relations of six administrations${reason}`, () => {
  it.skipIf(!isHere)(
    'joins by itself with a precision of at least .999, and tells what it found',
    () => {
      const rows = readRows();
      const entityOf = new Map(rows.map(({ record, entity }) => [record.id, entity]));
      const across = truePairs(rows, (a, b) => a.record.administrationId !== b.record.administrationId);
      const inside = truePairs(rows, (a, b) => a.record.administrationId === b.record.administrationId);

      const outcome = compareAll(rows.map(({ record }) => record));
      const automatic = scoreGroups(outcome.clusters, entityOf);
      const asked = scoreGroups(asPairs(outcome), entityOf);
      const doubles = scoreGroups(outcome.doubles, entityOf);
      const decided = (band: ClusterBand): Score =>
        scoreGroups(
          [
            ...Map.groupBy(
              clusterRecords(
                rows.map(({ record }) => record),
                { band },
              ),
              (row) => row.cluster,
            ).values(),
          ].map((members) => ({ members: members.map(({ id }) => id) })),
          entityOf,
        );
      const certain = decided('auto');
      const final = decided('final');
      const recall = ({ right }: Score): number => right / (across + inside);

      console.info(
        [
          `automatic: ${automatic.right} right, ${automatic.wrong} wrong, precision ${percent(precision(automatic))}, ` +
            `recall ${percent(automatic.right / across)} of ${across} pairs across administrations`,
          `asked: ${asked.right} right, ${asked.wrong} wrong; doubles: ${doubles.right} right, ${doubles.wrong} wrong of ${inside}`,
          `clusters of certain joins: precision ${percent(precision(certain))}, recall ${percent(recall(certain))}`,
          `clusters of most probable joins: precision ${percent(precision(final))}, recall ${percent(recall(final))}`,
        ].join('\n'),
      );
      expect(precision(automatic)).toBeGreaterThanOrEqual(0.999);
      expect(precision(certain)).toBeGreaterThanOrEqual(0.999);
      expect(recall(certain)).toBeGreaterThanOrEqual(0.8);
      const f1 = (2 * final.right) / (final.right + final.wrong + across + inside);
      expect(f1).toBeGreaterThanOrEqual(0.97);
      expect(precision(doubles)).toBeGreaterThanOrEqual(0.95);
    },
    60_000,
  );
});
