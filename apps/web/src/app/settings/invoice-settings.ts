import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { listNumberSeriesEndpoint, type AdministrationSettings } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { InvoicePreview } from '../coupling/configure/invoice-preview.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { paths } from '../paths.js';
import { CountPipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';

/** The code of one administration, the number that its next invoice gets, and its series of earlier years. */
@Component({
  selector: 'kp-invoice-settings',
  imports: [InvoicePreview, CountPipe, ProblemPanel, MatButton, RouterLink],
  template: `
    <dl>
      <div>
        <dt i18n="@@numbers.code">Administratiecode</dt>
        <dd>
          @if (settings().code; as code) {
            <span class="kp-code">{{ code }}</span>
          } @else {
            <span class="missing" i18n="@@numbers.noCode">Nog te kiezen</span>
          }
        </dd>
      </div>
      <div>
        <dt i18n="@@numbers.next">Volgende factuur van dit jaar</dt>
        <dd><kp-invoice-preview [number]="settings().nextInvoiceNumber" /></dd>
      </div>
      @for (each of series(); track each.year) {
        <div>
          <dt i18n="@@numbers.given">Uitgegeven in {{ each.year }}</dt>
          <dd>
            {{ each.allocated | count }}
            @if (each.isNearlyFull) {
              <span class="kp-badge is-warn" i18n="@@series.nearlyFull">Reeks bijna vol</span>
            }
          </dd>
        </div>
      }
    </dl>
    @if (read.problem(); as problem) {
      <kp-problem [problem]="problem" (retry)="read.reload()" />
    }
    <p class="kp-muted kp-small" i18n="@@numbers.text">
      Het jaar is dat van de factuurdatum: een factuur van december krijgt in januari nog een nummer van het
      oude jaar. De code ligt vast zodra het eerste nummer is uitgegeven.
    </p>
    @if (settings().code === null) {
      @if (isAtConfigure()) {
        <a matButton="outlined" [routerLink]="paths.couplingPage('configure')" i18n="@@numbers.choose"
          >Code kiezen</a
        >
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 14px;
      justify-items: start;
      padding: 20px 24px;
    }
    dl {
      display: grid;
      gap: 10px;
    }
    dl div {
      display: grid;
      grid-template-columns: 230px auto;
      gap: 12px;
    }
    dt {
      color: var(--kp-ink-2);
    }
    dd {
      margin: 0;
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    p {
      max-width: 60ch;
    }
    .missing {
      color: var(--kp-warn);
    }
    @media (width <= 700px) {
      :host {
        padding-inline: 16px;
      }
      dl div {
        grid-template-columns: 1fr auto;
      }
    }
  `,
})
export class InvoiceSettings {
  readonly settings = input.required<AdministrationSettings>();
  readonly #coupling = inject(CurrentCoupling);
  protected readonly paths = paths;
  protected readonly read = endpointResource(listNumberSeriesEndpoint, () => ({}));
  protected readonly series = computed(() =>
    (this.read.value()?.items ?? []).filter(
      (each) => each.administrationId === this.settings().administrationId,
    ),
  );
  protected readonly isAtConfigure = computed(() => this.#coupling.value()?.step === 'configure');
}
