import { reasonSentence, type PairVerdict, type Reason } from '@koppel/domain/matching';

/** One line of JSON: the verdict on a pair, its contributions (their weights add up to the score) in both languages, its vetoes. */
export function explanationLine({ a, b, score, probability, band, reasons, vetoes }: PairVerdict): string {
  const line = {
    a,
    b,
    band,
    score,
    probability,
    contributions: reasons.map(inWords),
    vetoes: vetoes.map(inWords),
  };
  return `${JSON.stringify(line)}\n`;
}

function inWords(reason: Reason): Reason & { readonly nl: string; readonly en: string } {
  return { ...reason, nl: reasonSentence(reason, 'nl'), en: reasonSentence(reason, 'en') };
}
