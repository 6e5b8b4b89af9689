import type { Comparison } from '../compare.js';
import type { Band } from '../match-record.js';
import { reasonTexts } from '../reason-texts.js';
import type { ConditionReader } from './conditions.js';
import type { Fact } from './facts.js';
import type { RelationSchema, VetoRule } from './relation-schema-type.js';
import { hasExclusiveTie, isRegistered } from './ties.js';
import { ruleNamed, WrongSchema } from './wrong-schema.js';

/** Kinds of proof that may join two records by themselves; `none` does not. */
const proofKinds = { registration: true, 'name-and-values': true, 'name-and-address': true, none: false };

export interface Decision {
  readonly band: Band;
  /** Why a pair with a high score is asked all the same; keys of `reasonTexts`. */
  readonly holds: readonly string[];
}

/** What forbids a join, and the band of a pair. */
export interface DecisionRules {
  /** What contradicts that two records are one relation (matching.md, section 3, "Vetoes"), strongest first. */
  readonly vetoesOf: (c: Comparison) => string[];
  /**
   * The band of a pair, its administrations aside: automatic only with a kind of proof that allows it, a score that is high
   * enough, no veto and nothing that makes a person look first. A registration veto between equal names is asked.
   */
  readonly decide: (c: Comparison, score: number, vetoes: readonly string[]) => Decision;
}

/** Resolves the vetoes, proofs and holds of a schema. */
export function compileDecision(schema: RelationSchema, conditions: ConditionReader): DecisionRules {
  const { automaticFrom, askFrom } = schema.bands;
  if (!(askFrom <= automaticFrom)) throw new WrongSchema('bands: askFrom is above automaticFrom');
  const vetoes = schema.vetoes.map((rule, at) =>
    namedTest(rule.veto, conditions.read(rule, `vetoes[${at}]`)),
  );
  const proofs = schema.proofs.map((rule, at) => {
    ruleNamed(proofKinds, rule.proof, `proofs[${at}]`);
    return { name: rule.proof, holds: conditions.read(rule, `proofs[${at}]`) };
  });
  const holds = schema.holds.map((rule, at) => namedTest(rule.hold, conditions.read(rule, `holds[${at}]`)));
  const decideVetoed = vetoedDecision(schema);
  return {
    vetoesOf: (c) => namesThatHold(vetoes, c),
    decide: (c, score, found) => {
      // Two records without a name are nobody: only a registration number makes them worth a question.
      const isNameless = c.name.level === 'unknown' && !isRegistered(c);
      if (isNameless) return { band: 'separate', holds: [] };
      if (found.length > 0) return decideVetoed(c, score, found);
      // One KvK number is one legal entity, under a trade name or at another address perhaps: never simply separate.
      if (score < askFrom && c.kvk === 'equal') return { band: 'ask', holds: ['hold-name'] };
      if (score < askFrom) return { band: 'separate', holds: [] };
      const proof = proofs.find((rule) => rule.holds(c))?.name ?? 'none';
      const held = namesThatHold(holds, c);
      if (proof === 'none' && score >= automaticFrom) held.push('hold-no-proof');
      const isCertain = proof !== 'none' && held.length === 0 && score >= automaticFrom;
      return { band: isCertain ? 'automatic' : 'ask', holds: held };
    },
  };
}

interface NamedTest {
  readonly name: string;
  readonly holds: Fact;
}

function namedTest(name: string, holds: Fact): NamedTest {
  ruleNamed(reasonTexts, name, 'reason');
  return { name, holds };
}

// Several rules may give one reason, one after the other.
function namesThatHold(tests: readonly NamedTest[], c: Comparison): string[] {
  const names: string[] = [];
  for (const { name, holds } of tests) if (names.at(-1) !== name && holds(c)) names.push(name);
  return names;
}

type Decide = DecisionRules['decide'];

// Equal names with other numbers are what a changed legal form or a slip of the pen leaves behind: worth one look.
function vetoedDecision({ vetoes: rules, contradictionBits, bands: { askFrom } }: RelationSchema): Decide {
  const asked = (wanted: VetoRule['asked']): ReadonlySet<string> =>
    new Set(rules.filter((rule) => rule.asked === wanted).map(({ veto }) => veto));
  const [withOneName, always] = [asked('with-one-name'), asked('always')];
  return (c, score, vetoes) => {
    const isNameSame = c.name.level === 'equal' || c.name.level === 'typo';
    const isWorthLook =
      vetoes.every((veto) => withOneName.has(veto)) &&
      isNameSame &&
      score + contradictionBits * vetoes.length >= askFrom;
    if (isWorthLook && (isRegistered(c) || hasExclusiveTie(c)))
      return { band: 'ask', holds: ['hold-registration'] };
    if (vetoes.length === 1 && always.has(vetoes[0] ?? '') && score >= askFrom)
      return { band: 'ask', holds: [] };
    // One KvK number is one legal entity, so a name that says otherwise is a question and not an answer.
    if (c.kvk === 'equal' && !vetoes.some((veto) => withOneName.has(veto)))
      return { band: 'ask', holds: ['hold-name'] };
    return { band: 'separate', holds: [] };
  };
}
