/** What can be made to go wrong with one answer. */
export type AnswerFaultKind =
  | '429-minute'
  | '429-day'
  | '503'
  | 'slow'
  | 'cut-answer'
  | 'html-200'
  | 'empty-200'
  | 'malformed-json'
  | 'other-shape'
  | 'foreign-next'
  | 'lost-post-response';

/** What can be made to go wrong until it is undone. */
export type StandingFaultKind = 'rights-withdrawn' | 'token-revoked' | 'division-blocked';

export type FaultKind = AnswerFaultKind | StandingFaultKind;

export const ANSWER_FAULT_KINDS: readonly AnswerFaultKind[] = [
  '429-minute',
  '429-day',
  '503',
  'slow',
  'cut-answer',
  'html-200',
  'empty-200',
  'malformed-json',
  'other-shape',
  'foreign-next',
  'lost-post-response',
];

/** A planted fault. */
export interface FaultPlan {
  readonly kind: FaultKind;
  /** Which calls it strikes; absent parts match everything. The token endpoint is `oauth2/token`. */
  readonly match?: { readonly division?: number; readonly endpoint?: string; readonly method?: string };
  /** How many calls it strikes; absent = 1, 0 = until removed. */
  readonly times?: number;
  /** Matching calls that pass before it strikes. */
  readonly afterCalls?: number;
  /** Delay of `slow`. */
  readonly ms?: number;
  /** Bytes of the body that `cut-answer` lets through; absent = half. */
  readonly bytes?: number;
  /** Division of `rights-withdrawn` and `division-blocked`. */
  readonly division?: number;
  /** User name of `token-revoked`. */
  readonly user?: string;
}

export interface CallFacts {
  readonly division: number | undefined;
  readonly endpoint: string;
  readonly method: string;
}

interface Planted {
  readonly plan: FaultPlan;
  passes: number;
  left: number;
}

/** The planted faults that strike single answers. */
export class FaultList {
  private planted: Planted[] = [];

  add(plan: FaultPlan): void {
    this.planted.push({
      plan,
      passes: plan.afterCalls ?? 0,
      left: plan.times === 0 ? Infinity : (plan.times ?? 1),
    });
  }

  clear(): void {
    this.planted = [];
  }

  list(): readonly FaultPlan[] {
    return this.planted.map(({ plan }) => plan);
  }

  /** The fault that strikes this call, if any; a struck fault wears off. */
  take(call: CallFacts): FaultPlan | undefined {
    for (const planted of this.planted) {
      if (!matches(planted.plan, call)) continue;
      if (planted.passes > 0) {
        planted.passes -= 1;
        continue;
      }
      planted.left -= 1;
      if (planted.left <= 0) this.planted = this.planted.filter((other) => other !== planted);
      return planted.plan;
    }
    return undefined;
  }
}

function matches({ match, kind }: FaultPlan, call: CallFacts): boolean {
  if (kind === 'lost-post-response' && call.method !== 'POST') return false;
  if (match?.division !== undefined && match.division !== call.division) return false;
  if (match?.method !== undefined && match.method.toUpperCase() !== call.method) return false;
  return match?.endpoint === undefined || match.endpoint.toLowerCase() === call.endpoint.toLowerCase();
}
