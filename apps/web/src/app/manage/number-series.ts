import { Component } from '@angular/core';
import { listNumberSeriesEndpoint } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { InvoicePreview } from '../coupling/configure/invoice-preview.js';
import { Icon } from '../ui/icon.js';
import { CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';

/** Invoice numbers: per administration and year the next number and how many were given out. */
@Component({
  selector: 'kp-number-series',
  imports: [Icon, CountPipe, InvoicePreview, ProblemPanel, Skeleton],
  template: `
    @if (!read.value() && read.isLoading()) {
      <kp-skeleton [lines]="2" />
    } @else if (read.problem(); as problem) {
      <kp-problem [problem]="problem" (retry)="read.reload()" />
    } @else {
      <div class="kp-card kp-table-wrap">
        @if (read.value()?.items?.length) {
          <table class="kp-table as-cards">
            <thead>
              <tr>
                <th i18n="@@series.administration">Administratie</th>
                <th i18n="@@series.year">Jaar</th>
                <th i18n="@@series.next">Volgende nummer</th>
                <th class="kp-num" i18n="@@series.allocated">Uitgegeven</th>
              </tr>
            </thead>
            <tbody>
              @for (series of read.value()!.items; track series.administrationId + series.year) {
                <tr>
                  <td class="is-title">{{ series.administrationName }}</td>
                  <td data-label="Jaar" i18n-data-label="@@series.year">{{ series.year }}</td>
                  <td data-label="Volgende nummer" i18n-data-label="@@series.next">
                    <span>
                      <kp-invoice-preview [number]="series.next" />
                      @if (series.isNearlyFull) {
                        <span class="kp-badge is-warn"
                          ><kp-icon name="warning" /><span i18n="@@series.nearlyFull"
                            >Reeks bijna vol</span
                          ></span
                        >
                      }
                    </span>
                  </td>
                  <td class="kp-num" data-label="Uitgegeven" i18n-data-label="@@series.allocated">
                    {{ series.allocated | count }}
                  </td>
                </tr>
              }
            </tbody>
          </table>
        } @else {
          <p class="none kp-muted" i18n="@@series.none">
            Nog geen nummers uitgegeven. Het eerste nummer ontstaat bij de eerste factuur.
          </p>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
    }
    .none {
      padding: 18px 20px;
    }
    .kp-badge {
      margin-inline-start: 8px;
    }
  `,
})
export class NumberSeries {
  protected readonly read = endpointResource(listNumberSeriesEndpoint, () => ({}));
}
