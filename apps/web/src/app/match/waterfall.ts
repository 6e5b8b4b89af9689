import type { ProposalDetail } from '@koppel/contracts';

export interface WaterfallBar {
  readonly key: string;
  readonly text: { readonly nl: string; readonly en: string };
  /** 0 for what explains without counting. */
  readonly weight: number;
  /** Where the bar begins and how long it is, in per cent of the width. */
  readonly startPercent: number;
  readonly sizePercent: number;
}

export interface Waterfall {
  readonly bars: readonly WaterfallBar[];
  readonly zeroPercent: number;
}

type Evidence = Pick<ProposalDetail, 'score' | 'reasons'>;

const baseText = { nl: 'Uitgangspunt: twee willekeurige relaties', en: 'Starting point: any two relations' };
/** Weights smaller than this are rounding, not evidence. */
const smallest = 0.005;

/** Each reason as a bar that begins where the one before it ended, from the starting point to the score. */
export function waterfallOf({ score, reasons }: Evidence): Waterfall {
  const base = score - reasons.reduce((sum, reason) => sum + reason.weight, 0);
  const prior = reasons.filter((reason) => reason.key === 'prior');
  const evidence = reasons.filter((reason) => reason.key !== 'prior' && Math.abs(reason.weight) >= smallest);
  const steps = [
    ...prior,
    ...(Math.abs(base) >= smallest ? [{ key: 'base', text: baseText, weight: base }] : []),
    ...evidence.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    ...reasons.filter((reason) => Math.abs(reason.weight) < smallest && reason.key !== 'prior'),
  ];
  let at = 0;
  const spans = steps.map((step) => {
    const from = at;
    at += step.weight;
    return { ...step, low: Math.min(from, at), high: Math.max(from, at) };
  });
  const lowest = Math.min(0, ...spans.map((span) => span.low));
  const highest = Math.max(0, ...spans.map((span) => span.high));
  const width = Math.max(smallest, highest - lowest);
  const percent = (value: number) => ((value - lowest) / width) * 100;
  return {
    zeroPercent: percent(0),
    bars: spans.map(({ key, text, weight, low, high }) => ({
      key,
      text,
      weight: Math.abs(weight) < smallest ? 0 : weight,
      startPercent: percent(low),
      sizePercent: percent(high) - percent(low),
    })),
  };
}
