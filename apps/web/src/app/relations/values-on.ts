import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { getRelationAtEndpoint } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { DayPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import { endOfDay } from './day.js';
import { fieldText, sharedFields } from './field-text.js';
import { valueText } from './field-value.js';

/** A relation's values as they were at the end of a day; what is otherwise now is marked. */
@Component({
  selector: 'kp-values-on',
  imports: [DayPipe, MatButton, ProblemPanel, Skeleton],
  template: `
    <p class="note" role="status">
      <span i18n="@@valuesOn.note">Zo stond deze relatie aan het eind van {{ moment() | day }}.</span>
      <button matButton type="button" (click)="back.emit()" i18n="@@valuesOn.back">Terug naar nu</button>
    </p>
    @if (read.value(); as value) {
      @if (value.values) {
        <dl>
          @for (row of rows(); track row.field) {
            <div [class.is-other]="row.isOther">
              <dt>{{ row.label }}</dt>
              <dd>
                {{ row.text ?? '–' }}
                @if (row.isOther) {
                  <span class="kp-badge is-warn" i18n="@@valuesOn.other">Nu anders</span>
                }
              </dd>
            </div>
          }
        </dl>
      } @else {
        <p class="none kp-muted" i18n="@@valuesOn.none">Deze relatie bestond toen nog niet in Koppel.</p>
      }
    } @else if (read.problem(); as problem) {
      <kp-problem [problem]="problem" (retry)="read.reload()" />
    } @else {
      <kp-skeleton [lines]="5" />
    }
  `,
  styleUrl: './values-on.scss',
})
export class ValuesOn {
  readonly id = input.required<string>();
  /** YYYY-MM-DD. */
  readonly day = input.required<string>();
  readonly back = output();
  protected readonly moment = computed(() => endOfDay(this.day()));
  // Values of another day would stand under this one's date.
  protected readonly read = endpointResource(
    getRelationAtEndpoint,
    () => ({ params: { id: this.id() }, query: { moment: this.moment() } }),
    { keepsLast: false },
  );
  protected readonly rows = computed(() => {
    const { values, changedSince = [] } = this.read.value() ?? {};
    if (!values) return [];
    return sharedFields
      .map((field) => ({
        field,
        label: fieldText(field),
        text: valueText(values, field),
        isOther: changedSince.includes(field),
      }))
      .filter((row) => row.text !== undefined || row.isOther);
  });
}
