import { computed, inject, signal, type Signal } from '@angular/core';
import {
  decideProposalEndpoint,
  listProposalsEndpoint,
  undoActionEndpoint,
  type ProposalDetail,
  type ProposalSummary,
  type Query,
} from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { endpointPages } from '../api/endpoint-pages.js';
import { Toaster } from '../ui/toaster.js';
import type { Leading } from './leading-choice.js';
import { PairCache } from './pair-cache.js';

export type Verdict = 'same' | 'different' | 'unsure';
export type MatchQuery = NonNullable<Query<typeof listProposalsEndpoint>>;

export interface Choice {
  readonly verdict: Verdict;
  readonly leading: Leading;
  readonly bookOn: readonly string[];
}

interface Decision {
  readonly id: string;
  readonly verdict: Verdict;
  readonly actionId: Promise<string | undefined>;
}

const pageSize = 100;
/** More is fetched before the queue runs dry. */
const refillBelow = 15;
const prefetchMax = 3;
const toastGroup = 'match';

/** The pairs that wait, and the decisions on them: shown at once, sent behind it, taken back when refused. */
export class MatchQueue {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #pairs = new PairCache();
  readonly #decisions: Decision[] = [];
  readonly #decided = signal<ReadonlyMap<string, Verdict>>(new Map());
  readonly pages;
  /** What is still to decide, most certain first. */
  readonly waiting: Signal<readonly ProposalSummary[]>;
  readonly counts = computed(() => {
    const counts = this.pages.first.value()?.counts ?? { open: 0, same: 0, different: 0, unsure: 0 };
    const total = counts.open + counts.same + counts.different + counts.unsure;
    // Of what was read as open: a later reading counts earlier decisions itself.
    const decided = total - counts.open + this.pages.items().length - this.waiting().length;
    return { total, decided, open: Math.max(0, total - decided) };
  });

  constructor(query: Signal<MatchQuery>) {
    this.pages = endpointPages(listProposalsEndpoint, () => ({ query: { ...query(), limit: pageSize } }));
    this.waiting = computed(() => this.pages.items().filter((each) => !this.#decided().has(each.id)));
  }

  read(id: string): ReturnType<PairCache['get']> {
    return this.#pairs.get(id);
  }

  /** Reads the pair again when it is opened next. */
  forget(id: string): void {
    this.#pairs.forget(id);
  }

  /** Reads the pairs after this one ahead, and more of the queue when it gets short. */
  prefetchAfter(id: string): void {
    const waiting = this.waiting();
    const at = waiting.findIndex((each) => each.id === id);
    for (const next of waiting.slice(at + 1, at + 1 + prefetchMax)) void this.#pairs.get(next.id);
    if (waiting.length - at < refillBelow && this.pages.hasMore()) void this.pages.loadMore();
  }

  neighbour(id: string | undefined, step: 1 | -1): string | undefined {
    const waiting = this.waiting();
    const at = waiting.findIndex((each) => each.id === id);
    return waiting[at + step]?.id;
  }

  /** Takes the pair out of the queue at once; resolves when the api has answered. */
  async decide(pair: ProposalDetail, { verdict, leading, bookOn }: Choice): Promise<void> {
    this.#mark(pair.id, verdict);
    const asked = this.#call(decideProposalEndpoint, {
      params: { id: pair.id },
      body: {
        version: pair.version,
        verdict,
        ...(verdict === 'same' ? { leading: { ...leading }, bookOn: [...bookOn] } : {}),
      },
    });
    const decision: Decision = {
      id: pair.id,
      verdict,
      actionId: asked.then((result) => (result.ok ? result.value.actionId : undefined)),
    };
    this.#decisions.push(decision);
    const result = await asked;
    if (result.ok) return this.#pairs.forget(pair.id);
    this.#takeBack(decision);
    this.#toaster.showProblem(result.problem);
    if (result.problem.kind === 'already-decided') this.pages.reload();
  }

  /** Undoes the last decision of this visit; answers the pair that is open again. */
  async undoLast(): Promise<string | undefined> {
    const last = this.#decisions.at(-1);
    if (last === undefined) return undefined;
    const actionId = await last.actionId;
    if (actionId === undefined) return last.id;
    const result = await this.#call(undoActionEndpoint, { params: { id: actionId } });
    if (!result.ok) {
      this.#toaster.showProblem(result.problem);
      return undefined;
    }
    this.#takeBack(last);
    this.#toaster.show($localize`:@@match.undone:Beslissing ongedaan gemaakt.`, undefined, toastGroup);
    return last.id;
  }

  announce(verdict: Verdict, undo: () => Promise<void>): void {
    const text =
      verdict === 'same'
        ? $localize`:@@match.saidSame:Samengevoegd.`
        : verdict === 'different'
          ? $localize`:@@match.saidDifferent:Niet dezelfde: wordt niet meer gevraagd.`
          : $localize`:@@match.saidUnsure:Voor later bewaard.`;
    this.#toaster.showUndo(text, undo, toastGroup);
  }

  #mark(id: string, verdict: Verdict): void {
    this.#decided.update((decided) => new Map(decided).set(id, verdict));
  }

  #takeBack(decision: Decision): void {
    const at = this.#decisions.indexOf(decision);
    if (at >= 0) this.#decisions.splice(at, 1);
    this.#pairs.forget(decision.id);
    this.#decided.update((decided) => {
      const rest = new Map(decided);
      rest.delete(decision.id);
      return rest;
    });
  }
}
