import { Component, computed, input, linkedSignal, viewChild } from '@angular/core';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { listAdministrationsEndpoint, listProposalReasonsEndpoint } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { isCoupled } from '../coupling/select/selectable.js';
import { injectAddressState } from '../ui/address-state.js';
import { BothPipe, CountPipe } from '../ui/pipes.js';
import { SearchField } from '../ui/search-field.js';
import { reasonOptions, reasonTexts, type Reason, type ReasonTexts } from './reason-options.js';

/** Search, administration, confidence, state and order of the queue; all of it stands in the address. */
@Component({
  selector: 'kp-match-filter',
  imports: [SearchField, BothPipe, CountPipe, MatFormField, MatLabel, MatSelect, MatOption],
  template: `
    <kp-search-field
      #search
      label="Zoeken op naam"
      i18n-label="@@matchFilter.search"
      [value]="zoek() ?? ''"
      (changed)="write({ zoek: $event, paar: undefined })"
    />
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@matchFilter.administration">Administratie</mat-label>
      <mat-select
        [value]="administratie() ?? ''"
        (valueChange)="write({ administratie: $event, paar: undefined })"
      >
        <mat-option value="" i18n="@@matchFilter.all">Alle</mat-option>
        @for (each of coupled(); track each.id) {
          <mat-option [value]="each.id">{{ each.name }}</mat-option>
        }
      </mat-select>
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@matchFilter.reason">Reden</mat-label>
      <mat-select
        [value]="reden() ?? ''"
        (valueChange)="write({ reden: $event, paar: undefined })"
        (openedChange)="$event && reasons.reload()"
        panelWidth=""
      >
        <mat-option value="" i18n="@@matchFilter.any">Alle</mat-option>
        @for (reason of reasonOptions(); track reason.key) {
          <mat-option [value]="reason.key">{{ reason.text | both }} ({{ reason.pairs | count }})</mat-option>
        }
      </mat-select>
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@matchFilter.share">Kans</mat-label>
      <mat-select [value]="kans() ?? ''" (valueChange)="write({ kans: $event, paar: undefined })">
        <mat-option value="" i18n="@@matchFilter.any">Alle</mat-option>
        @for (percent of percents; track percent) {
          <mat-option [value]="percent" i18n="@@matchFilter.atLeast">minstens {{ percent }}%</mat-option>
        }
      </mat-select>
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@matchFilter.state">Status</mat-label>
      <mat-select
        [value]="status() ?? 'open'"
        (valueChange)="write({ status: $event, reden: undefined, paar: undefined })"
      >
        <mat-option value="open" i18n="@@matchFilter.open">Nog te doen</mat-option>
        <mat-option value="unsure" i18n="@@matchFilter.unsure">Voor later</mat-option>
        <mat-option value="aside" i18n="@@matchFilter.aside">Opzij gezet ({{ aside() | count }})</mat-option>
      </mat-select>
    </mat-form-field>
    @if (soort() === 'match' && (isRanked() || volgorde())) {
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label i18n="@@matchFilter.order">Volgorde</mat-label>
        <mat-select
          [value]="volgorde() ?? ''"
          (valueChange)="write({ volgorde: $event, paar: undefined })"
          panelWidth=""
        >
          <mat-option value="" i18n="@@matchFilter.certainFirst">Zekerste eerst</mat-option>
          <mat-option value="leerzaam" i18n="@@matchFilter.instructiveFirst">Meest leerzame eerst</mat-option>
        </mat-select>
      </mat-form-field>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 10px;
    }
    kp-search-field {
      flex: 1 1 150px;
      min-width: 0;
    }
    mat-form-field {
      flex: 1 1 134px;
      min-width: 112px;
    }
    @media (width <= 800px) {
      kp-search-field {
        flex-basis: 100%;
      }
      mat-form-field {
        flex: 1 1 40%;
        min-width: 0;
      }
    }
  `,
})
export class MatchFilter {
  readonly zoek = input<string>();
  readonly administratie = input<string>();
  readonly reden = input<string>();
  readonly kans = input<string>();
  readonly status = input<string>();
  readonly volgorde = input<string>();
  /** How many pairs answers to others have set aside. */
  readonly aside = input(0);
  /** Whether the order that teaches most is another than the usual one. */
  readonly isRanked = input(false);
  protected readonly write = injectAddressState();
  protected readonly percents = ['50', '75', '90', '95', '99'];
  readonly soort = input<'match' | 'double'>('match');
  protected readonly reasons = endpointResource(listProposalReasonsEndpoint, () => ({
    query: {
      kind: this.soort(),
      state: this.#state(),
    },
  }));
  readonly #state = computed((): 'open' | 'unsure' | 'aside' => {
    const status = this.status();
    return status === 'unsure' || status === 'aside' ? status : 'open';
  });
  readonly #listed = computed(() => this.reasons.value()?.items ?? []);
  readonly #texts = linkedSignal<readonly Reason[], ReasonTexts>({
    source: this.#listed,
    computation: (listed, before) => reasonTexts(listed, before?.value),
  });
  protected readonly reasonOptions = computed(() =>
    reasonOptions(this.#listed(), this.reden(), this.#texts()),
  );
  readonly #administrations = endpointResource(listAdministrationsEndpoint, () => ({}));
  private readonly search = viewChild.required<SearchField>('search');
  protected readonly coupled = () => (this.#administrations.value()?.items ?? []).filter(isCoupled);

  focus(): void {
    this.search().focus();
  }
}
