import type { Comparison } from '../compare.js';
import { reasonTexts } from '../reason-texts.js';
import type { Tally } from '../tally.js';
import type { ConditionReader } from './conditions.js';
import type { Fact } from './facts.js';
import type { EvidenceGroup, EvidenceRule, RelationSchema } from './relation-schema-type.js';
import { plainWeight, weighings, type Weigh } from './weighings.js';
import { ruleNamed } from './wrong-schema.js';

interface Evidence {
  readonly holds: Fact;
  readonly weigh: Weigh;
}

interface Group {
  readonly holds: Fact;
  readonly evidence: readonly Evidence[];
  readonly bonus: number | undefined;
}

/** Makes the function that adds what speaks for and against a pair: the prior, then group by group, as the schema has them. */
export function compileEvidence(schema: RelationSchema, conditions: ConditionReader): Weigh {
  const toEvidence = (rule: EvidenceRule, where: string): Evidence => {
    ruleNamed(reasonTexts, rule.reason, `${where}.reason`);
    const make = rule.weigh === undefined ? plainWeight : ruleNamed(weighings, rule.weigh, `${where}.weigh`);
    return { holds: conditions.read(rule, where), weigh: make(rule, schema) };
  };
  const toGroup = (group: EvidenceGroup): Group => ({
    holds: conditions.read(group, `evidence "${group.name}"`),
    evidence: group.evidence.map((rule, at) => toEvidence(rule, `evidence "${group.name}"[${at}]`)),
    bonus: group.bonus,
  });
  const groups = schema.evidence.map(toGroup);
  return (c, stems, out) => {
    out.add('prior', schema.prior);
    for (const group of groups) if (group.holds(c)) weighGroup(group, { c, stems, out });
  };
}

function weighGroup(
  { evidence, bonus }: Group,
  { c, stems, out }: { readonly c: Comparison; readonly stems: number; readonly out: Tally },
): void {
  const from = out.length;
  for (const { holds, weigh } of evidence) if (holds(c)) weigh(c, stems, out);
  if (bonus !== undefined) out.settleFamily(from, bonus);
}
