import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Action } from '@koppel/contracts';
import { paths } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { BothPipe, MomentPipe, TimePipe } from '../ui/pipes.js';
import { batchSummary, isTakingBack, undoSummary, type ActionBatch } from './batch-words.js';

/** Pairs that were accepted, or issues that were ignored, at once: how many, by whom, which; undone as one. */
@Component({
  selector: 'kp-action-batch',
  imports: [Icon, BothPipe, MomentPipe, TimePipe, MatButton, RouterLink],
  template: `
    @let first = actions()[0];
    <div class="texts">
      <p class="summary">
        {{ summary() }}
        @if (isUndo()) {
          <!-- It says so itself. -->
        } @else if (batch().standing === 0) {
          <span class="kp-badge"
            ><kp-icon name="undo" /><span i18n="@@actions.undone">Ongedaan gemaakt</span></span
          >
        } @else if (batch().standing < batch().acts) {
          <span class="kp-badge" i18n="@@batch.standing">nog {{ batch().standing }} van kracht</span>
        }
      </p>
      @if (first.note; as note) {
        <blockquote>{{ note }}</blockquote>
      }
      <details>
        <summary i18n="@@batch.which">Welke</summary>
        <ul>
          @for (action of actions(); track action.id) {
            <li [class.is-undone]="action.isUndone">
              @if (action.relationIds[0]; as relationId) {
                <a [routerLink]="paths.relation(relationId)">{{ action.summary | both }}</a>
              } @else {
                {{ action.summary | both }}
              }
            </li>
          }
        </ul>
      </details>
      <p class="who kp-muted">
        {{ first.actorName }} ·
        <time [attr.datetime]="first.at">{{ isDated() ? (first.at | moment) : (first.at | time) }}</time>
      </p>
    </div>
    @if (batch().standing > 0 && mayUndo() && !isUndo()) {
      <button matButton type="button" [disabled]="isBusy()" (click)="undo.emit(batch())">
        <kp-icon name="undo" /> <span i18n="@@batch.undoAll">Alles ongedaan maken</span>
      </button>
    }
  `,
  styleUrl: './action-row.scss',
  styles: `
    details summary {
      width: fit-content;
      color: var(--kp-accent);
      font-size: 13px;
      cursor: pointer;
    }
    details ul {
      padding-block: 4px;
      font-size: 13px;
    }
    li.is-undone {
      color: var(--kp-ink-3);
      text-decoration: line-through;
    }
    .is-undone a {
      color: var(--kp-ink-3);
      text-decoration: line-through;
    }
  `,
  host: { '[class.is-undone]': 'batch().standing === 0 && !isUndo()' },
})
export class BatchRow {
  readonly batch = input.required<ActionBatch>();
  readonly actions = input.required<readonly [Action, ...Action[]]>();
  readonly mayUndo = input(false);
  readonly isBusy = input(false);
  readonly isDated = input(true);
  readonly undo = output<ActionBatch>();
  readonly #locale = inject(LOCALE_ID);
  protected readonly paths = paths;
  protected readonly isUndo = computed(() => isTakingBack(this.actions()[0]));
  protected readonly summary = computed(() => {
    const { subject, acts } = this.batch();
    return this.isUndo()
      ? undoSummary(subject, this.actions().length, this.#locale)
      : batchSummary(subject, acts, this.#locale);
  });
}
