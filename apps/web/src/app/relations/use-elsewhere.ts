import { Component, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { useRelationEndpoint, type RelationDetail } from '@koppel/contracts';
import { injectCallEndpoint } from '../api/call-endpoint.js';
import { CurrentCoupling } from '../coupling/current-coupling.js';
import { injectAsk, type Choice } from '../ui/ask-dialog.js';
import { Toaster } from '../ui/toaster.js';
import { roleText } from './role-text.js';

type Administration = RelationDetail['notIn'][number];

const accountRoles = ['customer', 'supplier'] as const;

const pollMs = 3_000;
/** Two minutes; what takes longer is seen at the next visit. */
const pollsMax = 40;

/** The administrations that do not have the relation, each with the way to begin using it there. */
@Component({
  selector: 'kp-use-elsewhere',
  imports: [MatButton],
  template: `
    @if (notIn().length > 0) {
      <h3 i18n="@@use.heading">Nog niet in</h3>
      @if (whyNever(); as text) {
        <p class="kp-muted kp-small">{{ text }}</p>
      }
    }
    <ul>
      @for (one of notIn(); track one.administrationId) {
        <li>
          <span>{{ one.name }}</span>
          @if (one.isRequested) {
            <span class="kp-muted kp-small" role="status" i18n="@@use.requested">Wordt aangemaakt…</span>
          } @else if (mayUse() && whyNever() === undefined) {
            <button
              matButton
              type="button"
              [disabled]="isBusy()"
              [attr.aria-label]="labelOf(one)"
              (click)="use(one)"
            >
              <span i18n="@@use.button">In gebruik nemen</span>
            </button>
          }
        </li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
      margin-top: 16px;
    }

    h3 {
      margin-bottom: 4px;
      font-size: 13px;
    }

    li {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      min-height: 40px;
    }
  `,
})
export class UseElsewhere {
  readonly relationId = input.required<string>();
  readonly notIn = input.required<readonly Administration[]>();
  /** What the relation is in the administrations that have it. */
  readonly rolesElsewhere = input.required<ReadonlySet<string>>();
  /** Whether this reader may, and now; the page says why not. */
  readonly mayUse = input.required<boolean>();
  /** Something changed or may have: the page reads again. */
  readonly changed = output();
  readonly #call = injectCallEndpoint();
  readonly #ask = injectAsk();
  readonly #toaster = inject(Toaster);
  readonly #coupling = inject(CurrentCoupling);
  readonly #polls = signal(0);
  protected readonly isBusy = signal(false);
  protected readonly whyNever = computed(() =>
    this.#coupling.value()?.accountCreation === 'never'
      ? $localize`:@@use.never:Aanmaken door Koppel staat uit (Beheer). Maak de relatie aan in Exact Online; Koppel koppelt haar daarna.`
      : undefined,
  );
  #requested: { readonly of: string; readonly ones: readonly Administration[] } = { of: '', ones: [] };

  constructor() {
    effect(() => {
      const [relationId, notIn] = [this.relationId(), this.notIn()];
      untracked(() => this.#tellOutcomes(relationId, notIn));
    });
    effect((onCleanup) => {
      const isWaiting = this.notIn().some(({ isRequested }) => isRequested);
      if (!isWaiting || this.#polls() >= pollsMax) return;
      const timer = setTimeout(() => {
        this.#polls.update((polls) => polls + 1);
        this.changed.emit();
      }, pollMs);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected labelOf({ name }: Administration): string {
    return $localize`:@@use.label:In gebruik nemen in ${name}:NAME:`;
  }

  protected async use(one: Administration): Promise<void> {
    const { administrationId, name } = one;
    const answer = await this.#ask({
      heading: $localize`:@@use.askHeading:In gebruik nemen in ${name}:NAME:?`,
      lines: [
        $localize`:@@use.askSearch:Koppel zoekt eerst in Exact Online of de relatie er al staat, en maakt haar anders aan met de gedeelde gegevens.`,
        $localize`:@@use.askLocal:Betalingsconditie, btw-code en andere financiële keuzes stelt u daarna in Exact Online in. Verwijderen kan alleen daar.`,
      ],
      choices: { legend: $localize`:@@use.askRoles:Daar aanmaken als`, options: this.#roleChoices() },
      confirm: $localize`:@@use.button:In gebruik nemen`,
    });
    if (!answer) return;
    this.isBusy.set(true);
    const params = { id: this.relationId() };
    const roles = accountRoles.filter((role) => answer.chosen.includes(role));
    const result = await this.#call(useRelationEndpoint, { params, body: { administrationId, roles } });
    this.isBusy.set(false);
    this.#polls.set(0);
    // It may be there before the page has read again: what came of it is told all the same.
    if (result.ok && result.value.state === 'requested') this.#expect(params.id, one);
    this.changed.emit();
    if (!result.ok) return this.#toaster.showProblem(result.problem);
    if (result.value.state === 'linked') this.#tellLinked(name);
  }

  #roleChoices(): Choice[] {
    return accountRoles.map((value) => {
      return { value, label: roleText(value), isChosen: this.rolesElsewhere().has(value) };
    });
  }

  #expect(relationId: string, one: Administration): void {
    const others = this.#requested.of === relationId ? this.#requested.ones : [];
    this.#requested = { of: relationId, ones: [...others, one] };
  }

  /** What came of those that were on their way. */
  #tellOutcomes(relationId: string, now: readonly Administration[]): void {
    const before = this.#requested.of === relationId ? this.#requested.ones : [];
    for (const { administrationId, name } of before) {
      const still = now.find((one) => one.administrationId === administrationId);
      if (!still) this.#tellLinked(name);
      else if (!still.isRequested)
        this.#toaster.show(
          $localize`:@@use.refused:Niet aangemaakt in ${name}:NAME:. Weigerde Exact Online haar of moet u iets kiezen, dan staat dat bij Meldingen.`,
        );
    }
    this.#requested = { of: relationId, ones: now.filter(({ isRequested }) => isRequested) };
  }

  #tellLinked(name: string): void {
    this.#toaster.show($localize`:@@use.linked:De relatie staat in ${name}:NAME: en is gekoppeld.`);
  }
}
