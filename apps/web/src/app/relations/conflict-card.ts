import { Component, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { RelationDetail } from '@koppel/contracts';
import { paths } from '../paths.js';
import { Ago } from '../ui/ago.js';
import { Icon } from '../ui/icon.js';
import { fieldText } from './field-text.js';

export type Conflict = RelationDetail['conflicts'][number];

/** A field that was changed differently on two sides: what it was, what each side made of it, and the choice. */
@Component({
  selector: 'kp-conflict',
  imports: [Ago, Icon, MatButton, RouterLink],
  template: `
    @let value = conflict();
    <header>
      <kp-icon name="both" />
      <h2>
        @if (isLinked()) {
          <a [routerLink]="paths.relation(value.relationId)">{{ value.relationName }}</a> ·
        }
        {{ fieldText(value.field) }}
      </h2>
      <span class="kp-muted kp-small"
        ><span i18n="@@conflict.base">Was: {{ value.base ?? '–' }}</span></span
      >
    </header>
    <ul>
      @for (candidate of value.candidates; track candidate.side) {
        <li>
          <span class="side">
            @if (candidate.administrationName; as name) {
              {{ name }}
            } @else {
              <ng-container i18n="@@conflict.portal">Hier gewijzigd</ng-container>
            }
            @if (candidate.changedAt; as at) {
              <kp-ago class="kp-muted kp-small" [at]="at" />
            }
          </span>
          <strong>{{ candidate.value ?? '–' }}</strong>
          @if (mayDecide()) {
            <button
              matButton="outlined"
              type="button"
              [disabled]="isBusy()"
              (click)="resolve.emit(candidate.side)"
              i18n="@@conflict.choose"
            >
              Deze geldt
            </button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
      border-color: color-mix(in srgb, var(--kp-warn) 45%, transparent);
    }
    header {
      display: flex;
      align-items: center;
      flex-wrap: wrap;
      gap: 4px 10px;
      padding: 14px 20px 10px;
    }
    header kp-icon {
      color: var(--kp-warn);
    }
    h2 {
      font-size: 14px;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr) auto;
      align-items: center;
      gap: 12px;
      min-height: 52px;
      padding: 8px 20px;
      border-top: 1px solid var(--kp-line);
    }
    .side {
      display: grid;
      color: var(--kp-ink-2);
      font-size: 13px;
    }
    strong {
      font-weight: 580;
      overflow-wrap: anywhere;
    }
    @media (width <= 700px) {
      li {
        grid-template-columns: minmax(0, 1fr) auto;
        padding-inline: 16px;
      }
      .side {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class ConflictCard {
  readonly conflict = input.required<Conflict>();
  readonly mayDecide = input(false);
  readonly isBusy = input(false);
  readonly isLinked = input(false);
  readonly resolve = output<string>();
  protected readonly paths = paths;
  protected readonly fieldText = fieldText;
}
