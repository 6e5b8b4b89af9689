import { Component, computed, effect, input, model, output, signal } from '@angular/core';
import { checkCodeEndpoint } from '@koppel/contracts';
import { injectCallEndpoint } from '../../api/call-endpoint.js';
import { Icon } from '../../ui/icon.js';
import { isUsable, sameCheck, sameOnPage, verdictText, type CodeCheck } from './code-verdict.js';

const debounceMs = 250;

/** The three digits of one administration, checked while typing. */
@Component({
  selector: 'kp-code-field',
  imports: [Icon],
  template: `
    <input
      type="text"
      inputmode="numeric"
      maxlength="3"
      autocomplete="off"
      [id]="'code-' + administrationId()"
      [value]="code()"
      [readOnly]="isLocked()"
      [attr.aria-label]="label()"
      [attr.aria-describedby]="'verdict-' + administrationId()"
      [attr.aria-invalid]="isBad()"
      [class.is-bad]="isBad()"
      (input)="code.set($any($event.target).value.trim())"
    />
    <span class="verdict" role="status" [id]="'verdict-' + administrationId()" [class.is-bad]="isBad()">
      @if (text(); as said) {
        <kp-icon [name]="isBad() ? 'warning' : isLocked() ? 'lock' : 'check'" />{{ said }}
      }
    </span>
    @if (code() !== suggestion() && !isLocked()) {
      <button type="button" class="suggestion" (click)="code.set(suggestion())" i18n="@@code.useSuggestion">
        Gebruik {{ suggestion() }}
      </button>
    }
  `,
  styleUrl: './code-field.scss',
})
export class CodeField {
  readonly administrationId = input.required<string>();
  readonly name = input.required<string>();
  readonly suggestion = input.required<string>();
  readonly isLocked = input(false);
  readonly others = input.required<readonly { readonly code: string; readonly name: string }[]>();
  readonly code = model.required<string>();
  /** The verdict on the present code; undefined while it is being asked. */
  readonly checked = output<CodeCheck | undefined>();
  readonly #call = injectCallEndpoint();
  readonly #check = signal<CodeCheck | undefined>(undefined);
  protected readonly label = computed(
    () => $localize`:@@code.label:Administratiecode van ${this.name()}:NAME:`,
  );
  readonly #verdict = computed(
    (): CodeCheck | undefined => {
      const twin = sameOnPage(this.code(), this.others());
      return twin === undefined
        ? this.#check()
        : { verdict: 'taken', takenBy: twin, nextInvoiceNumber: null };
    },
    // The page keeps what is emitted, which makes it hand over its codes again: an equal verdict must end that circle.
    { equal: sameCheck },
  );
  protected readonly isBad = computed(() => {
    const verdict = this.#verdict();
    return verdict !== undefined && !isUsable(verdict.verdict);
  });
  protected readonly text = computed(() => {
    const verdict = this.#verdict();
    return verdict && verdictText(verdict);
  });

  constructor() {
    effect((onCleanup) => {
      const body = { administrationId: this.administrationId(), code: this.code() };
      this.#check.set(undefined);
      let isCurrent = true;
      const timer = setTimeout(async () => {
        const result = await this.#call(checkCodeEndpoint, { body });
        if (result.ok && isCurrent) this.#check.set(result.value);
      }, debounceMs);
      onCleanup(() => {
        isCurrent = false;
        clearTimeout(timer);
      });
    });
    effect(() => this.checked.emit(this.#verdict()));
  }
}
