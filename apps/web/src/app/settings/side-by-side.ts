import { Component, computed, input, output } from '@angular/core';
import type { AdministrationSettings } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { optionText } from './settings-draft.js';
import { settingGroups, settingText } from './setting-text.js';

/** All administrations beside each other; what differs from the first one is marked. */
@Component({
  selector: 'kp-side-by-side',
  imports: [Icon],
  template: `
    <table class="kp-table">
      <thead>
        <tr>
          <th scope="col"><span class="kp-visually-hidden" i18n="@@sideBySide.setting">Instelling</span></th>
          @for (each of settings(); track each.administrationId) {
            <th scope="col">
              <button type="button" (click)="open.emit(each.administrationId)">
                {{ each.administrationName }}
              </button>
            </th>
          }
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.key) {
          <tr>
            <th scope="row">{{ row.text }}</th>
            @for (cell of row.cells; track $index) {
              <td [class.is-missing]="cell.isMissing">
                @if (cell.isMissing) {
                  <kp-icon name="warning" /> <span i18n="@@sideBySide.missing">Nog kiezen</span>
                } @else {
                  {{ cell.text || '–' }}
                  @if (cell.isDifferent) {
                    <span class="kp-badge is-accent" i18n="@@sideBySide.different">wijkt af</span>
                  }
                }
              </td>
            }
          </tr>
        }
      </tbody>
    </table>
  `,
  styles: `
    :host {
      display: block;
      overflow-x: auto;
    }
    thead button {
      padding: 0;
      border: 0;
      background: none;
      color: var(--kp-accent);
      font-weight: 600;
      text-decoration: underline;
      cursor: pointer;
    }
    tbody th {
      position: sticky;
      inset-inline-start: 0;
      background: var(--kp-surface);
      font-size: 13px;
    }
    td {
      min-width: 170px;
      font-variant-numeric: tabular-nums;
    }
    .is-missing {
      color: var(--kp-warn);
    }
    .kp-badge {
      margin-inline-start: 6px;
    }
  `,
})
export class SideBySide {
  readonly settings = input.required<readonly AdministrationSettings[]>();
  readonly open = output<string>();
  protected readonly rows = computed(() =>
    settingGroups()
      .flatMap((group) => group.settings)
      .map((key) => {
        const fields = this.settings().map((each) => each.fields.find((field) => field.key === key));
        const first = fields[0]?.value ?? null;
        return {
          key,
          text: settingText(key),
          cells: fields.map((field) => ({
            text: field ? optionText(field, field.value) : '',
            isMissing: field?.isRequired === true && field.value === null,
            isDifferent:
              field !== undefined && field.value !== null && first !== null && field.value !== first,
          })),
        };
      }),
  );
}
