import type { Comparison } from './compare.js';
import type { Evaluation } from './evaluate.js';
import { formsOf } from './form-of-record.js';
import { formLabel, groupLabel, placeLabel } from './labels.js';
import type { Band, PairVerdict, Reason } from './match-record.js';
import { absentValue } from './reason-texts.js';
import { asideReasonOf, nameOfKind } from './question-kinds.js';
import { contributionsOf, probabilityOf } from './score.js';

type Params = Record<string, string | number>;

/**
 * Puts an evaluation into reasons: one bar per contribution (they add up to the score exactly), then, without weight, what
 * made it a question. Two records of one administration are never automatic, unless a person joined them.
 */
export function explain(evaluation: Evaluation, extraHolds: readonly string[] = []): PairVerdict {
  const { comparison: c, score, isJudgedSame } = evaluation;
  const holds = [...evaluation.holds, ...extraHolds];
  if (c.a.administrationId === c.b.administrationId && !isJudgedSame) holds.push('hold-same-administration');
  const reasons = contributionsOf(c, evaluation).map(({ key, weight }): Reason => ({
    key,
    weight,
    params: paramsOf(key, c),
  }));
  if (isJudgedSame) reasons.push({ key: 'judged-same', weight: 0, params: {} });
  if (evaluation.isReleased) reasons.push({ key: 'released-by-answers', weight: 0, params: {} });
  const isSetAside = evaluation.isSetAside && c.a.administrationId !== c.b.administrationId;
  if (isSetAside)
    reasons.push({
      key: asideReasonOf(nameOfKind(evaluation.kind)),
      weight: 0,
      params: { answers: evaluation.asideAnswers },
    });
  const asked: Band = isSetAside ? 'separate' : evaluation.band;
  const band: Band = asked === 'automatic' && holds.length > 0 ? 'ask' : asked;
  if (band === 'ask' || isSetAside)
    for (const key of new Set(holds)) reasons.push({ key, weight: 0, params: paramsOf(key, c) });
  const vetoes = evaluation.vetoes.map((key): Reason => ({ key, weight: 0, params: paramsOf(key, c) }));
  return {
    a: c.a.id,
    b: c.b.id,
    score,
    probability: probabilityOf(score),
    band,
    reasons,
    vetoes,
    questionKind: nameOfKind(evaluation.kind),
    isSetAside,
  };
}

const noParams: Params = {};
const ibanTailLength = 4;

/** What the text of a reason needs. VAT numbers and RSINs stay out: those of sole traders are personal data. */
function paramsOf(key: string, c: Comparison): Params {
  switch (key) {
    case 'kvk-equal':
      return { value: c.a.kvk ?? '' };
    case 'kvk-different':
    case 'kvk-near':
    case 'veto-kvk':
    case 'hold-kvk-near':
      return { a: c.a.kvk ?? '', b: c.b.kvk ?? '' };
    case 'form-equal':
      return { value: formName(formsOf(c.a, c.b, c.name).a?.code) };
    case 'form-different':
    case 'form-incompatible':
    case 'form-implied':
    case 'veto-form':
    case 'hold-form':
      return formNames(c);
    case 'group-different':
    case 'veto-group':
      return { a: orDash(groupLabel(c.name.a?.group ?? '')), b: orDash(groupLabel(c.name.b?.group ?? '')) };
    case 'numeral-different':
    case 'veto-numeral':
      return { a: orDash(c.name.a?.numeral), b: orDash(c.name.b?.numeral) };
    case 'place-same':
      return { value: placeLabel(c.name.a?.place ?? '') };
    case 'place-unsure':
    case 'place-elsewhere':
    case 'veto-place':
    case 'hold-place':
      return { a: orDash(placeLabel(c.name.a?.place ?? '')), b: orDash(placeLabel(c.name.b?.place ?? '')) };
    case 'code-equal':
      return { value: c.a.code };
    default:
      return sharedParams(key, c);
  }
}

function sharedParams(key: string, c: Comparison): Params {
  if (key === 'kvk-equal-shared') {
    return { value: c.a.kvk ?? '', companies: Math.max(c.a.shared.kvk, c.b.shared.kvk) };
  }
  if (key.startsWith('iban-equal')) {
    return { value: `…${(c.iban ?? '').slice(-ibanTailLength)}`, companies: c.ibanStems };
  }
  if (key.startsWith('mail-equal')) {
    return { value: c.a.email ?? '', companies: Math.max(c.a.shared.mail, c.b.shared.mail) };
  }
  if (key.startsWith('domain-equal')) {
    return { value: c.a.domain ?? '', companies: Math.max(c.a.shared.domain, c.b.shared.domain) };
  }
  if (key.startsWith('phone-equal')) {
    return { value: c.a.phone ?? '', companies: Math.max(c.a.shared.phone, c.b.shared.phone) };
  }
  if (key.startsWith('address-')) {
    return { companies: Math.max(c.a.shared.address, c.b.shared.address) };
  }
  return noParams;
}

function orDash(text: string | undefined): string {
  return text ? text : absentValue;
}

function formNames(c: Comparison): Params {
  const { a, b } = formsOf(c.a, c.b, c.name);
  return { a: formName(a?.code), b: formName(b?.code) };
}

function formName(code: string | undefined): string {
  return code ? formLabel(code) : absentValue;
}
