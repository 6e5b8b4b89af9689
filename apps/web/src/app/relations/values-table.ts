import { Component, computed, input, output } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import type { RelationDetail, SharedField } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { DayPipe } from '../ui/pipes.js';
import { fieldText, sharedFields } from './field-text.js';
import { valueText } from './field-value.js';
import { warningText } from './warning-text.js';

export interface LeadingChoice {
  readonly field: SharedField;
  readonly sourceRelationId: string;
}

/** The leading values with where each comes from, and the way to let another administration lead. */
@Component({
  selector: 'kp-values',
  imports: [Icon, DayPipe, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <dl>
      @for (row of rows(); track row.field) {
        <div>
          <dt>{{ row.label }}</dt>
          <dd>
            <span class="text">{{ row.text ?? '–' }}</span>
            @for (warning of row.warnings; track warning) {
              <span class="warning"><kp-icon name="warning" />{{ warning }}</span>
            }
            @if (row.origin; as origin) {
              <span class="origin">
                @if (origin.kind === 'portal') {
                  <ng-container i18n="@@values.portal">hier ingevuld</ng-container>
                  @if (origin.byName) {
                    · {{ origin.byName }}
                  }
                } @else {
                  <ng-container i18n="@@values.from">uit {{ origin.administrationName }}</ng-container>
                }
                @if (origin.at; as at) {
                  · {{ at | day }}
                }
              </span>
            }
          </dd>
          @if (mayChoose() && row.others.length > 0) {
            <dd>
              <button
                type="button"
                class="choose"
                [matMenuTriggerFor]="menu"
                [attr.aria-label]="row.label"
                [title]="title"
              >
                <kp-icon name="down" />
              </button>
              <mat-menu #menu xPosition="before">
                @for (other of row.others; track other.id) {
                  <button
                    mat-menu-item
                    type="button"
                    (click)="choose.emit({ field: row.field, sourceRelationId: other.id })"
                  >
                    <span class="other">{{ other.text }}</span>
                    <span class="kp-muted kp-small">{{ other.administrationName }}</span>
                  </button>
                }
              </mat-menu>
            </dd>
          }
        </div>
      }
    </dl>
  `,
  styles: `
    :host {
      display: block;
    }
    dl > div {
      display: grid;
      grid-template-columns: 130px minmax(0, 1fr) 32px;
      align-items: start;
      gap: 10px;
      padding: 10px 12px 10px 20px;
    }
    dl > div + div {
      border-top: 1px solid var(--kp-line);
    }
    dt {
      color: var(--kp-ink-3);
      font-size: 13px;
      line-height: 21px;
    }
    .text {
      display: block;
      font-weight: 550;
      overflow-wrap: anywhere;
      font-variant-numeric: tabular-nums;
    }
    .origin {
      color: var(--kp-ink-3);
      font-size: 12.5px;
    }
    .warning {
      display: flex;
      align-items: center;
      gap: 5px;
      color: var(--kp-warn);
      font-size: 12.5px;
    }
    .choose {
      display: inline-grid;
      place-items: center;
      width: 28px;
      height: 28px;
      border: 1px solid var(--kp-line);
      border-radius: var(--kp-radius);
      background: none;
      color: var(--kp-ink-2);
      font-size: 10px;
      cursor: pointer;
    }
    .choose:hover {
      border-color: var(--kp-accent);
      color: var(--kp-accent);
    }
    @media (width <= 700px) {
      dl > div {
        grid-template-columns: 92px minmax(0, 1fr) 32px;
        padding-inline: 16px 10px;
      }
    }
    .other {
      display: block;
      font-weight: 550;
      line-height: 20px;
    }
  `,
})
export class ValuesTable {
  readonly relation = input.required<RelationDetail>();
  readonly mayChoose = input(false);
  readonly choose = output<LeadingChoice>();
  protected readonly title = $localize`:@@values.choose:Andere administratie laten leiden`;
  protected readonly rows = computed(() => {
    const { values, leading, sources, warnings } = this.relation();
    return sharedFields
      .map((field) => {
        const text = valueText(values, field);
        const others = sources
          .map((source) => ({
            id: source.id,
            administrationName: source.administrationName,
            text: valueText(source.values, field),
          }))
          .filter((other) => other.text !== undefined && other.text !== text);
        const own = warnings.filter((each) => each.field === field).map((each) => warningText(each.warning));
        return { field, label: fieldText(field), text, origin: leading[field], others, warnings: own };
      })
      .filter((row) => row.text !== undefined || row.others.length > 0);
  });
}
