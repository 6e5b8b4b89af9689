import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { type Action } from '@koppel/contracts';
import { paths } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { BothPipe, MomentPipe, TimePipe } from '../ui/pipes.js';
import { whyNotUndoable } from './action-words.js';
import { changedText, valueText } from './change-words.js';
import type { Refusal } from './refusal.js';

/** One action: what, by whom, when, what it changed; undo, or why there is none. */
@Component({
  selector: 'kp-action',
  imports: [Icon, BothPipe, MomentPipe, TimePipe, MatButton, RouterLink],
  template: `
    @let value = action();
    <div class="texts">
      <p class="summary">
        @if (isLinked() && value.relationIds[0]; as relationId) {
          <a [routerLink]="paths.relation(relationId)">{{ value.summary | both }}</a>
        } @else {
          {{ value.summary | both }}
        }
        @if (value.isUndone) {
          <span class="kp-badge"
            ><kp-icon name="undo" /><span i18n="@@actions.undone">Ongedaan gemaakt</span></span
          >
        }
      </p>
      @if (original(); as undone) {
        <p class="original kp-muted"><kp-icon name="undo" />{{ undone.summary | both }}</p>
      }
      @if (value.note; as note) {
        <blockquote>{{ note }}</blockquote>
      }
      @for (change of changes(); track $index) {
        <p class="change">
          <span class="field">{{ changedText(change.field) }}</span>
          <del>{{ valueText(value.kind, change.before) ?? '–' }}</del>
          <kp-icon name="arrow" />
          <span class="kp-visually-hidden" i18n="@@actions.became">werd</span>
          <ins>{{ valueText(value.kind, change.after) ?? '–' }}</ins>
        </p>
      }
      <p class="who kp-muted">
        {{ value.actorName }} ·
        <time [attr.datetime]="value.at">{{ isDated() ? (value.at | moment) : (value.at | time) }}</time>
      </p>
    </div>
    @if (value.isUndoable && !value.isUndone && mayUndo()) {
      <button matButton type="button" [disabled]="isBusy()" (click)="undo.emit()">
        <kp-icon name="undo" /> <span i18n="@@actions.undo">Ongedaan maken</span>
        <span class="kp-visually-hidden">: {{ value.summary | both }}</span>
      </button>
    } @else if (whyNot(); as text) {
      <p class="why-not kp-muted"><kp-icon name="info" />{{ text }}</p>
    }
    @if (refusal(); as refused) {
      <div class="refused" role="alert">
        <kp-icon name="warning" />
        <span>{{ refused.text }}</span>
        @if (refused.laterActionId; as laterId) {
          <button
            matButton="outlined"
            type="button"
            [disabled]="isBusy()"
            (click)="undoLater.emit(laterId)"
            i18n="@@actions.undoLater"
          >
            Die eerst ongedaan maken
          </button>
        }
      </div>
    }
  `,
  styleUrl: './action-row.scss',
  host: { '[class.is-undone]': 'action().isUndone' },
})
export class ActionRow {
  readonly action = input.required<Action>();
  /** What this one took back. */
  readonly original = input<Action>();
  readonly mayUndo = input(false);
  readonly isBusy = input(false);
  readonly isLinked = input(true);
  readonly isDated = input(true);
  readonly refusal = input<Refusal>();
  readonly undo = output();
  readonly undoLater = output<string>();
  protected readonly paths = paths;
  protected readonly changedText = changedText;
  protected readonly valueText = valueText;
  /** A field whose leading source changed but not its value says nothing to a reader. */
  protected readonly changes = computed(() =>
    this.action().changes.filter(({ before, after }) => before !== after),
  );
  protected readonly whyNot = computed(() => whyNotUndoable(this.action()));
}
