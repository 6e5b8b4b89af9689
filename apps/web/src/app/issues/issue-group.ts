import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Issue } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { CountPipe } from '../ui/pipes.js';
import { classText, closesWhen, waitsForVerdict } from './class-text.js';
import type { IssueColumn } from './issue-columns.js';
import { allOffer, type IssueGroup } from './issue-groups.js';
import { IssueRow } from './issue-row.js';
import { sharedAdvice } from './issue-texts.js';

/** The issues of one cause: how many, of what kind, what helps all of them, and each one. */
@Component({
  selector: 'kp-issue-group',
  imports: [Icon, CountPipe, MatButton, IssueRow],
  template: `
    <header>
      <div class="texts">
        <h2>
          {{ title() }}
          <span class="kp-badge" [class.is-bad]="group().isBlocking && isOpen()">{{
            group().total | count
          }}</span>
          <span class="class kp-muted">{{ classText(group().class) }}</span>
        </h2>
        @if (isOpen()) {
          <p class="advice">{{ advice() }} {{ closes() }}</p>
        }
      </div>
      @if (isOpen() && mayDecide() && group().total > 1) {
        <div class="all">
          @if (mayRecheckAll()) {
            <button
              matButton
              type="button"
              [disabled]="isBusy() || isChecking()"
              (click)="recheck.emit(group().issues)"
            >
              <kp-icon name="refresh" /> <span i18n="@@issues.recheckAll">Alle opnieuw controleren</span>
            </button>
          }
          @if (mayIgnoreAll()) {
            <button matButton type="button" [disabled]="isBusy()" (click)="ignoreAll.emit()">
              <kp-icon name="close" /> <span i18n="@@issues.ignoreAll">Alle negeren…</span>
            </button>
          }
        </div>
      }
    </header>
    <ul>
      @for (issue of group().issues; track issue.id) {
        <li>
          <kp-issue
            [issue]="issue"
            [groupTitle]="title()"
            [advice]="advice()"
            [columns]="columns()"
            [mayDecide]="mayDecide()"
            [isBusy]="isBusy()"
            [isChecking]="checking().has(issue.administrationId)"
            (approve)="approve.emit(issue)"
            (reject)="reject.emit(issue)"
            (recheck)="recheck.emit([issue])"
            (ignore)="ignore.emit(issue)"
            (reopen)="reopen.emit(issue)"
          />
        </li>
      }
    </ul>
  `,
  styleUrl: './issue-group.scss',
  host: { '[class.is-blocking]': 'group().isBlocking && isOpen()' },
})
export class IssueGroupCard {
  readonly group = input.required<IssueGroup>();
  readonly columns = input.required<ReadonlySet<IssueColumn>>();
  readonly isOpen = input(true);
  readonly mayDecide = input(false);
  readonly isBusy = input(false);
  /** Administrations that are being checked again. */
  readonly checking = input<ReadonlySet<string | null>>(new Set());
  readonly approve = output<Issue>();
  readonly reject = output<Issue>();
  readonly recheck = output<readonly Issue[]>();
  readonly ignore = output<Issue>();
  readonly ignoreAll = output();
  readonly reopen = output<Issue>();
  readonly #locale = inject(LOCALE_ID);
  protected readonly title = computed(() => this.#say(this.group().title));
  protected readonly advice = computed(() =>
    sharedAdvice(this.group().issues.map((each) => this.#say(each.explanation))),
  );
  protected readonly isChecking = computed(() =>
    this.group().issues.every((issue) => this.checking().has(issue.administrationId)),
  );
  protected readonly mayRecheckAll = computed(() =>
    allOffer(this.group(), ['recheck', 'retry', 'write-again']),
  );
  /** What asks for a verdict waits for it, however right the data are. */
  protected readonly closes = computed(() =>
    allOffer(this.group(), ['reject']) ? waitsForVerdict() : closesWhen(this.group().class),
  );
  /** What blocks is looked at one by one before it is put aside. */
  protected readonly mayIgnoreAll = computed(
    () => !this.group().isBlocking && allOffer(this.group(), ['ignore']),
  );
  protected readonly classText = classText;

  #say(text: Issue['title']): string {
    return this.#locale === 'en' ? text.en : text.nl;
  }
}
