import { describe, expect, it } from 'vitest';
import {
  compareAll,
  comparePair,
  countStems,
  sharedKey,
  sharedValues,
  type MatchContext,
  type MatchRecord,
} from './index.js';
import abroad from './golden/abroad.json' with { type: 'json' };
import addresses from './golden/addresses.json' with { type: 'json' };
import groups from './golden/groups.json' with { type: 'json' };
import junkValues from './golden/junk-values.json' with { type: 'json' };
import legalForms from './golden/legal-forms.json' with { type: 'json' };
import names from './golden/names.json' with { type: 'json' };
import persons from './golden/persons.json' with { type: 'json' };
import registrationNumbers from './golden/registration-numbers.json' with { type: 'json' };
import sharedValuesPairs from './golden/shared-values.json' with { type: 'json' };
import text from './golden/text.json' with { type: 'json' };
import { aMatchRecord } from './testing/a-match-record.js';

/** A labelled pair: `why` is a key that its reasons or vetoes must name; empty where there is nothing to compare. */
interface GoldenPair {
  case: string;
  /** A key of golden/traps.json; left out for what is no trap. */
  trap?: string;
  a: Partial<MatchRecord>;
  b: Partial<MatchRecord>;
  others?: Partial<MatchRecord>[];
  verdict: string;
  why: string;
}

const golden: Record<string, GoldenPair[]> = {
  groups,
  registrationNumbers,
  persons,
  sharedValues: sharedValuesPairs,
  junkValues,
  legalForms,
  names,
  text,
  addresses,
  abroad,
};

function recordsOf(pair: GoldenPair): [MatchRecord, MatchRecord, ...MatchRecord[]] {
  const a = aMatchRecord({ id: 'a', administrationId: 'A', ...pair.a });
  const b = aMatchRecord({ id: 'b', administrationId: 'B', ...pair.b });
  return [a, b, ...(pair.others ?? []).map((other, n) => aMatchRecord({ id: `other-${n}`, ...other }))];
}

function contextOf(records: readonly MatchRecord[]): MatchContext {
  const stems = Map.groupBy(
    records.flatMap((record) => sharedValues(record)),
    ({ kind, value }) => sharedKey(kind, value),
  );
  return {
    stemsUsing: (kind, value) =>
      Math.max(1, countStems((stems.get(sharedKey(kind, value)) ?? []).map((use) => use.stem))),
  };
}

function bandAmong(records: readonly MatchRecord[]): string {
  const { clusters, proposals } = compareAll(records);
  if (clusters.some(({ members }) => members.includes('a') && members.includes('b'))) return 'automatic';
  return proposals.some((proposal) => proposal.a === 'a' && proposal.b === 'b') ? 'ask' : 'separate';
}

for (const [topic, pairs] of Object.entries(golden)) {
  describe(`golden pairs: ${topic}`, () => {
    it.each(pairs)('$case → $verdict', (pair) => {
      const records = recordsOf(pair);
      const band = bandAmong(records);
      const verdict = comparePair(records[0], records[1], contextOf(records));
      const { proposals } = compareAll(records);
      const asked = proposals.find((proposal) => proposal.a === 'a' && proposal.b === 'b') ?? verdict;
      const keys = [...asked.reasons, ...asked.vetoes].map((reason) => reason.key);

      expect({ band, keys }).toMatchObject({ band: pair.verdict });
      if (pair.why) expect(keys).toContain(pair.why);
    });
  });
}
