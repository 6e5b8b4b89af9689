import { reasonSentence, type PairVerdict, type Reason } from '@koppel/domain/matching';

/** A verdict as it is written down: contributions whose weights add up to the score, and vetoes, each with its sentence. */
export interface VerdictInWords extends Omit<
  PairVerdict,
  'reasons' | 'vetoes' | 'questionKind' | 'isSetAside' | 'teaching'
> {
  readonly contributions: readonly ReasonInWords[];
  readonly vetoes: readonly ReasonInWords[];
}

type ReasonInWords = Reason & { readonly nl: string; readonly en: string };

export function inBothLanguages({ reasons, vetoes, ...verdict }: PairVerdict): VerdictInWords {
  const { a, b, score, probability, band } = verdict;
  return { a, b, score, probability, band, contributions: reasons.map(inWords), vetoes: vetoes.map(inWords) };
}

function inWords(reason: Reason): ReasonInWords {
  return { ...reason, nl: reasonSentence(reason, 'nl'), en: reasonSentence(reason, 'en') };
}
