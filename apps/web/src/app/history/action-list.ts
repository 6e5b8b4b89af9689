import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { sharedField, type Action } from '@koppel/contracts';
import { paths } from '../paths.js';
import { fieldText } from '../relations/field-text.js';
import { Icon } from '../ui/icon.js';
import { BothPipe, MomentPipe } from '../ui/pipes.js';

/** Actions, newest first: who did what and when, what changed, and undo where it still can be done. */
@Component({
  selector: 'kp-actions',
  imports: [Icon, BothPipe, MomentPipe, MatButton, RouterLink],
  template: `
    <ol>
      @for (action of actions(); track action.id) {
        <li [class.is-undone]="action.isUndone">
          <div class="texts">
            <p class="summary">
              @if (isLinked() && action.relationIds[0]; as relationId) {
                <a [routerLink]="paths.relation(relationId)">{{ action.summary | both }}</a>
              } @else {
                {{ action.summary | both }}
              }
              @if (action.isUndone) {
                <span class="kp-badge"
                  ><kp-icon name="undo" /><span i18n="@@actions.undone">Ongedaan gemaakt</span></span
                >
              }
            </p>
            @for (change of action.changes; track change.field) {
              <p class="change">
                <span class="field">{{ textOf(change.field) }}</span>
                <del>{{ change.before ?? '–' }}</del>
                <kp-icon name="arrow" />
                <ins>{{ change.after ?? '–' }}</ins>
              </p>
            }
            <p class="who kp-muted">{{ action.actorName }} · {{ action.at | moment }}</p>
          </div>
          @if (action.isUndoable && !action.isUndone && mayUndo()) {
            <button matButton type="button" [disabled]="busyId() === action.id" (click)="undo.emit(action)">
              <kp-icon name="undo" /> <span i18n="@@actions.undo">Ongedaan maken</span>
            </button>
          }
        </li>
      }
    </ol>
  `,
  styleUrl: './action-list.scss',
})
export class ActionList {
  readonly actions = input.required<readonly Action[]>();
  readonly mayUndo = input(false);
  readonly busyId = input<string>();
  /** Whether the summary leads to the relation; not on that relation's own page. */
  readonly isLinked = input(true);
  readonly undo = output<Action>();
  protected readonly paths = paths;

  protected textOf(field: string): string {
    const known = sharedField.safeParse(field);
    return known.success ? fieldText(known.data) : field;
  }
}
