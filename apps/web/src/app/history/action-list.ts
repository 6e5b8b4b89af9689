import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { type Action } from '@koppel/contracts';
import { Clock } from '../ui/clock.js';
import { ActionRow } from './action-row.js';
import { linesOf } from './batch-groups.js';
import type { ActionBatch } from './batch-words.js';
import { BatchRow } from './batch-row.js';
import { byDay } from './days.js';
import type { Refusal } from './refusal.js';

/** Actions, newest first: who did what and when, what changed, and undo where it still can be done. */
@Component({
  selector: 'kp-actions',
  imports: [ActionRow, BatchRow],
  template: `
    @for (day of days(); track day.key) {
      @if (isByDay()) {
        <h2>{{ day.heading }}</h2>
      }
      <ol>
        @for (line of linesOf(day.actions, isLinked()); track line.key) {
          <li>
            @if (line.kind === 'batch') {
              <kp-action-batch
                [batch]="line.batch"
                [actions]="line.actions"
                [mayUndo]="mayUndo()"
                [isBusy]="busyId() === line.batch.id"
                [isDated]="!isByDay()"
                (undo)="undoBatch.emit($event)"
              />
            } @else {
              @let action = line.action;
              <kp-action
                [action]="action"
                [original]="originalOf(action)"
                [mayUndo]="mayUndo()"
                [isBusy]="busyId() === action.id"
                [isLinked]="isLinked()"
                [isDated]="!isByDay()"
                [refusal]="refusal()?.actionId === action.id ? refusal() : undefined"
                (undo)="undo.emit(action)"
                (undoLater)="undoLater.emit($event)"
              />
            }
          </li>
        }
      </ol>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    h2 {
      padding: 14px 20px 6px;
      color: var(--kp-ink-3);
      font-size: 12.5px;
      font-weight: 550;
    }
    :host(:focus) {
      outline: none;
    }
    ol + h2 {
      border-top: 1px solid var(--kp-line);
    }
    @media (width <= 700px) {
      h2 {
        padding-inline: 16px;
      }
    }
    li + li {
      border-top: 1px solid var(--kp-line);
    }
  `,
})
export class ActionList {
  readonly actions = input.required<readonly Action[]>();
  readonly mayUndo = input(false);
  readonly busyId = input<string>();
  /** Whether the summary leads to the relation; not on that relation's own page. */
  readonly isLinked = input(true);
  readonly isByDay = input(false);
  readonly refusal = input<Refusal>();
  readonly undo = output<Action>();
  readonly undoBatch = output<ActionBatch>();
  protected readonly linesOf = linesOf;
  /** The act that a refusal names as the one to undo first. */
  readonly undoLater = output<string>();
  readonly #locale = inject(LOCALE_ID);
  readonly #clock = inject(Clock);
  protected readonly days = computed(() =>
    this.isByDay()
      ? byDay(this.actions(), this.#locale, this.#clock.now())
      : [{ key: '', heading: '', actions: this.actions() }],
  );

  /** What an undo took back, as far as it is in this list. */
  protected originalOf(action: Action): Action | undefined {
    return action.undoOf === null ? undefined : this.actions().find((each) => each.id === action.undoOf);
  }
}
