import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { Issue } from '@koppel/contracts';
import { Ago } from '../ui/ago.js';
import { Icon } from '../ui/icon.js';
import { BothPipe, CountPipe } from '../ui/pipes.js';
import { closedText } from './closed-text.js';
import type { IssueColumn } from './issue-columns.js';
import { ownExplanation, ownTitle } from './issue-texts.js';
import { iconOf, targetOf, type IssueAction } from './way-out.js';

/** The ways out that are buttons of their own; the others are behind one button. */
const buttonsMax = 2;

/** One issue: what, where, since when, why, and its ways out. */
@Component({
  selector: 'kp-issue',
  imports: [
    Ago,
    Icon,
    BothPipe,
    CountPipe,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    RouterLink,
  ],
  templateUrl: './issue-row.html',
  styleUrl: './issue-row.scss',
})
export class IssueRow {
  readonly issue = input.required<Issue>();
  /** What the heading of its group says already. */
  readonly groupTitle = input('');
  readonly advice = input('');
  readonly columns = input.required<ReadonlySet<IssueColumn>>();
  readonly mayDecide = input(false);
  readonly isChecking = input(false);
  readonly isBusy = input(false);
  readonly approve = output();
  readonly reject = output();
  readonly recheck = output();
  readonly ignore = output();
  readonly reopen = output();
  readonly #locale = inject(LOCALE_ID);
  protected readonly title = computed(() => ownTitle(this.#say(this.issue().title), this.groupTitle()));
  protected readonly why = computed(() => ownExplanation(this.#say(this.issue().explanation), this.advice()));
  protected readonly closed = computed(() => closedText(this.issue()));
  readonly #ways = computed(() =>
    this.issue().waysOut.flatMap((way) => {
      const target = targetOf(way, this.issue());
      const isAllowed = target?.kind !== 'action' || this.mayDecide();
      return target && isAllowed ? [{ way, target, icon: iconOf(way) }] : [];
    }),
  );
  /** A menu of one is no menu: then it is a button as well. */
  readonly #cut = computed(() => (this.#ways().length === buttonsMax + 1 ? buttonsMax + 1 : buttonsMax));
  protected readonly buttons = computed(() => this.#ways().slice(0, this.#cut()));
  protected readonly others = computed(() => this.#ways().slice(this.#cut()));

  protected act(action: IssueAction): void {
    this[action].emit();
  }

  #say(text: Issue['title']): string {
    return this.#locale === 'en' ? text.en : text.nl;
  }
}
