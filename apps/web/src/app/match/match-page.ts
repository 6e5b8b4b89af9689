import {
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';
import { finishMatchEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { paths, pathOfStep } from '../paths.js';
import { CurrentSession } from '../session/current-session.js';
import { isTypingIn } from '../ui/is-typing.js';
import { Empty } from '../ui/empty.js';
import { Icon } from '../ui/icon.js';
import { PageHeader } from '../ui/page-header.js';
import { CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { Toaster } from '../ui/toaster.js';
import { injectAcceptAll } from './accept-all.js';
import { Evidence } from './evidence.js';
import { splittable } from './leading-choice.js';
import { MatchFilter } from './match-filter.js';
import { matchCommand, type MatchCommand } from './match-keys.js';
import { MatchQueue } from './match-queue.js';
import { matchQueryOf } from './match-query.js';
import { injectPairInAddress } from './pair-in-address.js';
import { PairView } from './pair-view.js';
import { QueueList } from './queue-list.js';
import type { Verdict } from './relation-kin.js';
import { ShownPair } from './shown-pair.js';
import { injectSplitOff } from './split-off.js';

/** Step 5 and later: pairs that a person decides, by mouse or by keys. */
@Component({
  imports: [
    PageHeader,
    ProblemPanel,
    Skeleton,
    Empty,
    Icon,
    CountPipe,
    QueueList,
    PairView,
    Evidence,
    MatchFilter,
    MatButton,
    RouterLink,
  ],
  templateUrl: './match-page.html',
  styleUrl: './match-page.scss',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class MatchPage {
  readonly soort = input<string>();
  readonly zoek = input<string>();
  readonly administratie = input<string>();
  readonly kans = input<string>();
  readonly status = input<string>();
  readonly reden = input<string>();
  readonly volgorde = input<string>();
  readonly paar = input<string>();
  /** Within the coupling's steps this page also leads on to settings. */
  readonly isStep = input(false);
  readonly #call = injectCallEndpoint();
  readonly #router = inject(Router);
  readonly #toaster = inject(Toaster);
  readonly #acceptAll = injectAcceptAll();
  readonly #splitOff = injectSplitOff();
  readonly #putInAddress = injectPairInAddress();
  protected readonly coupling = inject(CurrentCoupling);
  protected readonly session = inject(CurrentSession);
  protected readonly paths = paths;
  protected readonly query = computed(() =>
    matchQueryOf({
      soort: this.soort(),
      zoek: this.zoek(),
      administratie: this.administratie(),
      kans: this.kans(),
      status: this.status(),
      reden: this.reden(),
      volgorde: this.volgorde(),
    }),
  );
  protected readonly queue = new MatchQueue(this.query);
  #openingId: string | undefined;
  private readonly filter = viewChild(MatchFilter);
  private readonly paneElement = viewChild<ElementRef<HTMLElement>>('pane');

  /** The pair that is asked for, as long as it waits; else the first that does. */
  protected readonly currentId = linkedSignal<
    { asked: string | undefined; first: string | undefined },
    string | undefined
  >({
    source: () => ({ asked: this.paar(), first: this.queue.waiting()[0]?.id }),
    computation: ({ asked, first }, before) => {
      if (
        before?.value !== undefined &&
        untracked(() => this.queue.waiting().some(({ id }) => id === before.value))
      )
        return before.value;
      return (before === undefined ? asked : undefined) ?? first;
    },
  });
  readonly #shown = new ShownPair();
  protected readonly pair = this.#shown.pair;
  protected readonly pairProblem = this.#shown.problem;
  protected readonly leading = this.#shown.leading;
  protected readonly bookOn = this.#shown.bookOn;
  protected readonly field = this.#shown.field;
  protected readonly isExplained = signal(true);
  protected readonly isQueueOpen = signal(false);
  protected readonly isBusy = signal(false);
  protected readonly isDouble = computed(() => this.query().kind === 'double');
  protected readonly position = computed(
    () => this.queue.waiting().findIndex((each) => each.id === this.currentId()) + 1,
  );
  protected readonly mayAcceptAll = computed(
    () => this.session.mayDecide() && this.query().state === 'open' && this.queue.waiting().length > 1,
  );
  protected readonly isGroup = computed(() => {
    const pair = this.pair();
    return pair !== undefined && splittable(pair).length > 0;
  });
  /** The step to take before there is anything to decide. */
  protected readonly comesFirst = computed(() => {
    const step = this.coupling.value()?.step;
    const isEarly = step && !['match', 'settings', 'active'].includes(step);
    return isEarly && this.queue.counts().total === 0 ? pathOfStep(step) : undefined;
  });
  protected readonly mayFinish = computed(
    () => this.isStep() && this.session.isAdmin() && this.coupling.value()?.step === 'match',
  );

  constructor() {
    // The header counts what is open; it is told when the reader goes on to something else.
    inject(DestroyRef).onDestroy(() => this.coupling.reload());
    effect(() => {
      const id = this.currentId();
      untracked(() => void this.#open(id));
    });
  }

  protected async show(id: string): Promise<void> {
    this.isQueueOpen.set(false);
    this.currentId.set(id);
  }

  protected decide(verdict: Verdict): void {
    const pair = this.pair();
    if (pair === undefined || pair.id !== this.currentId() || !this.session.mayDecide()) return;
    this.currentId.set(this.queue.neighbour(pair.id, 1) ?? this.queue.neighbour(pair.id, -1));
    this.queue.announce(verdict, () => this.undo());
    void this.queue.decide(pair, { verdict, leading: this.leading(), bookOn: this.bookOn() });
  }

  protected async undo(): Promise<void> {
    const id = await this.queue.undoLast();
    if (id === undefined) return;
    this.currentId.set(id);
    await this.#open(id);
  }

  protected acceptAll(): Promise<void> {
    return this.#acceptAll(this.query(), () => this.queue.pages.reload());
  }

  /** Takes a record out of a group that is shown, because it was put there wrongly. */
  protected async split(): Promise<void> {
    const pair = this.pair();
    if (pair === undefined || !this.session.mayDecide()) return;
    if (!(await this.#splitOff(pair, () => this.#reopen(pair.id)))) return;
    await this.#reopen(pair.id);
  }

  async #reopen(id: string): Promise<void> {
    this.queue.forget(id);
    this.queue.pages.reload();
    await this.#open(id);
  }

  protected async finish(): Promise<void> {
    this.isBusy.set(true);
    const result = await this.#call(finishMatchEndpoint, {});
    this.isBusy.set(false);
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    this.coupling.set(result.value);
    await this.#router.navigateByUrl(pathOfStep(result.value.step));
  }

  protected onKey(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey } = event;
    const command = matchCommand({ key, ctrlKey, metaKey, altKey, isTyping: isTypingIn(event.target) });
    if (command === undefined || event.defaultPrevented || document.querySelector('.cdk-overlay-pane'))
      return;
    event.preventDefault();
    this.#obey(command);
  }

  #obey(command: MatchCommand): void {
    switch (command.kind) {
      case 'next':
        return this.#move(1);
      case 'previous':
        return this.#move(-1);
      case 'same':
      case 'different':
      case 'unsure':
        return this.decide(command.kind);
      case 'split':
        return void this.split();
      case 'explain':
        return this.isExplained.update((isShown) => !isShown);
      case 'undo':
        return void this.undo();
      case 'search':
        return this.filter()?.focus();
      case 'field':
        return this.#shown.moveField(command.step);
      case 'lead':
        return this.session.mayDecide() ? this.#shown.lead(command.index) : undefined;
    }
  }

  #move(step: 1 | -1): void {
    this.currentId.update((id) => this.queue.neighbour(id, step) ?? id);
  }

  async #open(id: string | undefined): Promise<void> {
    this.#openingId = id;
    if (id === undefined) return this.pair.set(undefined);
    const next = this.queue.neighbour(id, 1) ?? this.queue.neighbour(id, -1);
    const result = await this.queue.read(id);
    if (id !== this.#openingId) return;
    if (this.queue.isOvertaken(id)) return this.currentId.set(next);
    if (!this.#shown.show(result)) return;
    this.paneElement()?.nativeElement.scrollTo({ top: 0 });
    this.#putInAddress(id);
    this.queue.prefetchAfter(id);
  }
}
