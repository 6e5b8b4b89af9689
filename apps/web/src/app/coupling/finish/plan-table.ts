import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { getPlanEndpoint, Response } from '@koppel/contracts';
import { paths } from '../../paths.js';
import { planFieldText } from '../../relations/field-text.js';

/** The writes into Exact that are waiting for a yes: which relation, where, which field, from what to what. */
@Component({
  selector: 'kp-plan-table',
  imports: [RouterLink],
  template: `
    <div class="kp-table-wrap">
      <table class="kp-table as-cards">
        <thead>
          <tr>
            <th i18n="@@plan.relation">Relatie</th>
            <th i18n="@@plan.administration">Administratie</th>
            <th i18n="@@plan.field">Veld</th>
            <th i18n="@@plan.from">Nu in Exact</th>
            <th i18n="@@plan.to">Wordt</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track $index) {
            <tr>
              <td class="is-title">
                <a [routerLink]="row.link">{{ row.relationName }}</a>
              </td>
              <td data-label="Administratie" i18n-data-label="@@plan.administration">
                {{ row.administration }}
              </td>
              <td data-label="Veld" i18n-data-label="@@plan.field">{{ row.fieldText }}</td>
              <td data-label="Nu in Exact" i18n-data-label="@@plan.from">
                <del>{{ row.from ?? '–' }}</del>
              </td>
              <td data-label="Wordt" i18n-data-label="@@plan.to">
                <ins>{{ row.to ?? '–' }}</ins>
              </td>
            </tr>
          }
        </tbody>
      </table>
    </div>
    @if (plan().isCut) {
      <p class="cut kp-muted kp-small" i18n="@@plan.cut">
        Dit zijn de eerste {{ rows().length }}; de aantallen hierboven zijn volledig.
      </p>
    }
  `,
  styles: `
    del,
    ins {
      overflow-wrap: anywhere;
    }
    del {
      color: var(--kp-ink-3);
    }
    ins {
      font-weight: 550;
      text-decoration: none;
    }
    .cut {
      padding: 12px 16px;
    }
  `,
})
export class PlanTable {
  readonly plan = input.required<Response<typeof getPlanEndpoint>>();
  protected readonly rows = computed(() => {
    const names = new Map(this.plan().perAdministration.map((each) => [each.administrationId, each.name]));
    return this.plan().updates.map((each) => ({
      ...each,
      administration: names.get(each.administrationId) ?? '',
      link: paths.relation(each.relationId),
      fieldText: planFieldText(each.field),
    }));
  });
}
