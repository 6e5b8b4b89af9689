import { computed, inject, linkedSignal, signal, type Signal } from '@angular/core';
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
import { matchCounts } from './match-counts.js';
import { PairCache } from './pair-cache.js';
import { RelationKin, type Verdict } from './relation-kin.js';

export type MatchQuery = NonNullable<Query<typeof listProposalsEndpoint>>;

export interface Choice {
  readonly verdict: Verdict;
  readonly leading: Leading;
  readonly bookOn: readonly string[];
}

interface Decision {
  readonly pair: ProposalDetail;
  readonly verdict: Verdict;
  readonly actionId: Promise<string | undefined>;
  /** Other pairs that it changed or answered: of the relations that it made one, or kept apart. */
  readonly touched: readonly string[];
}

const pageSize = 100;
/** More is fetched before the queue runs dry. */
const refillBelow = 15;
const prefetchMax = 3;
const toastGroup = 'match';
const noCounts = { open: 0, aside: 0, same: 0, different: 0, unsure: 0 };

/** The pairs that wait, and the decisions on them: shown at once, sent behind it, taken back when refused. */
export class MatchQueue {
  readonly #call = injectCallEndpoint();
  readonly #toaster = inject(Toaster);
  readonly #pairs = new PairCache();
  readonly #kin = new RelationKin();
  readonly #decisions: Decision[] = [];
  readonly #decided = signal<ReadonlySet<string>>(new Set());
  /** Answered along with a decision on another pair. */
  readonly #overtaken = signal<ReadonlySet<string>>(new Set());
  readonly pages;
  /** What is still to decide, most certain first. */
  readonly waiting: Signal<readonly ProposalSummary[]>;
  readonly counts = computed(() => {
    const items = this.pages.items();
    const decided = items.filter(({ id }) => this.#decided().has(id)).length;
    const overtaken = items.length - this.waiting().length - decided;
    const { state } = this.query();
    return matchCounts(this.pages.first.value()?.counts ?? noCounts, { state, decided, overtaken });
  });

  /** Whether something open has a place in the order that teaches most; as last read while a list is fetched. */
  readonly isRanked: Signal<boolean>;

  constructor(private readonly query: Signal<MatchQuery>) {
    this.pages = endpointPages(listProposalsEndpoint, () => ({ query: { ...query(), limit: pageSize } }));
    this.isRanked = linkedSignal<boolean | undefined, boolean>({
      source: () => this.pages.first.value()?.isRanked,
      computation: (isRanked, before) => isRanked ?? before?.value ?? false,
    });
    this.waiting = computed(() =>
      this.pages.items().filter(({ id }) => !this.#decided().has(id) && !this.#overtaken().has(id)),
    );
  }

  /** Reads a pair; one that an earlier decision answered since the list was read leaves the queue. */
  async read(id: string): ReturnType<PairCache['get']> {
    const result = await this.#pairs.get(id);
    const listed = this.pages.items().find((each) => each.id === id);
    if (result.ok && listed && result.value.state !== listed.state && !this.#decided().has(id))
      this.#overtaken.update((overtaken) => new Set(overtaken).add(id));
    return result;
  }

  isOvertaken(id: string): boolean {
    return this.#overtaken().has(id);
  }

  /** Reads the pair again when it is opened next. */
  forget(id: string): void {
    this.#pairs.forget(id);
  }

  /** Reads the pairs after this one ahead, and more of the queue when it gets short. */
  prefetchAfter(id: string): void {
    const waiting = this.waiting();
    const at = waiting.findIndex((each) => each.id === id);
    for (const next of waiting.slice(at + 1, at + 1 + prefetchMax)) void this.read(next.id);
    if (waiting.length - at < refillBelow && this.pages.hasMore()) void this.pages.loadMore();
  }

  neighbour(id: string | undefined, step: 1 | -1): string | undefined {
    const waiting = this.waiting();
    const at = waiting.findIndex((each) => each.id === id);
    return waiting[at + step]?.id;
  }

  /** Takes the pair out of the queue at once; resolves when the api has answered. */
  async decide(pair: ProposalDetail, { verdict, leading, bookOn }: Choice): Promise<void> {
    this.#decided.update((decided) => new Set(decided).add(pair.id));
    const asked = this.#call(decideProposalEndpoint, {
      params: { id: pair.id },
      body: {
        version: pair.version,
        verdict,
        ...(verdict === 'same' ? { leading: { ...leading }, bookOn: [...bookOn] } : {}),
      },
    });
    const touched = this.#kin.touchedBy(pair, verdict, this.waiting()).map(({ id }) => id);
    // They are shown as they stand after this decision, not as they were read ahead.
    this.#pairs.renew(touched, asked);
    const decision: Decision = {
      pair,
      verdict,
      actionId: asked.then((result) => (result.ok ? result.value.actionId : undefined)),
      touched,
    };
    this.#decisions.push(decision);
    const result = await asked;
    for (const id of touched) void this.read(id);
    if (result.ok) return this.#pairs.forget(pair.id);
    this.#remove(decision);
    this.#takeBack(decision);
    // Nothing was decided that its undo could take back.
    this.#toaster.dismissGroup(toastGroup);
    this.#toaster.showProblem(result.problem);
    if (result.problem.kind === 'already-decided') this.pages.reload();
  }

  /** Undoes the last decision of this visit; answers the pair that is open again. */
  async undoLast(): Promise<string | undefined> {
    const last = this.#decisions.pop();
    if (last === undefined) return undefined;
    const actionId = await last.actionId;
    if (actionId === undefined) return last.pair.id;
    const result = await this.#call(undoActionEndpoint, { params: { id: actionId } });
    if (!result.ok) {
      if (result.problem.kind !== 'already-undone') this.#decisions.push(last);
      this.#toaster.showProblem(result.problem);
      return undefined;
    }
    const isListed = this.pages.items().some(({ id }) => id === last.pair.id);
    this.#takeBack(last);
    if (!isListed) this.pages.reload();
    this.#toaster.show($localize`:@@match.undone:Beslissing ongedaan gemaakt.`, undefined, toastGroup);
    return last.pair.id;
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

  #remove(decision: Decision): void {
    const at = this.#decisions.indexOf(decision);
    if (at >= 0) this.#decisions.splice(at, 1);
  }

  /** The pair waits again, and so does what was answered along with it. */
  #takeBack({ pair, verdict, touched }: Decision): void {
    this.#decided.update((decided) => new Set([...decided].filter((each) => each !== pair.id)));
    this.#overtaken.update((overtaken) => new Set([...overtaken].filter((each) => !touched.includes(each))));
    const changed = this.#kin.touchedBy(pair, verdict, this.waiting()).map(({ id }) => id);
    for (const each of [pair.id, ...changed]) this.#pairs.forget(each);
  }
}
