import { Component, computed, effect, input, model, signal } from '@angular/core';
import { MatAutocomplete, MatAutocompleteTrigger, MatOption } from '@angular/material/autocomplete';
import { MatFormField, MatInput, MatLabel } from '@angular/material/input';
import { Icon } from '../ui/icon.js';
import { BothPipe } from '../ui/pipes.js';
import { optionText, suggestedChoice, type Choice, type SettingField as Field } from './settings-draft.js';
import { settingText } from './setting-text.js';

/** More rows than this are found by typing. */
const optionsMax = 60;

/** One setting: a select that is searched by typing, with the suggestion and what is wrong with the choice. */
@Component({
  selector: 'kp-setting-field',
  imports: [
    MatFormField,
    MatLabel,
    MatInput,
    MatAutocomplete,
    MatAutocompleteTrigger,
    MatOption,
    Icon,
    BothPipe,
  ],
  templateUrl: './setting-field.html',
  styleUrl: './setting-field.scss',
})
export class SettingField {
  readonly field = input.required<Field>();
  readonly choice = model.required<Choice>();
  /** The first administration; null when this is the first one itself. */
  readonly from = input<string | null>(null);
  readonly isEnabled = input(true);
  protected readonly search = signal<string | undefined>(undefined);
  protected readonly label = computed(() => settingText(this.field().key));
  protected readonly shown = computed(() => this.search() ?? optionText(this.field(), this.choice().value));
  protected readonly suggestionText = computed(() => optionText(this.field(), this.field().suggestion));
  protected readonly options = computed(() => {
    const words = (this.search() ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const matches = this.field().options.filter(({ code, description }) =>
      words.every((word) => `${code} ${description}`.toLowerCase().includes(word)),
    );
    return { rows: matches.slice(0, optionsMax), more: Math.max(0, matches.length - optionsMax) };
  });
  protected readonly isKnown = computed(() => {
    const { value } = this.choice();
    return value === null || this.field().options.some((each) => each.code === value && !each.isBlocked);
  });
  /** What the api found wrong counts until another value is chosen. */
  protected readonly problem = computed(() =>
    this.choice().value === this.field().value ? this.field().problem : null,
  );

  constructor() {
    effect(() => {
      this.choice();
      this.search.set(undefined);
    });
  }

  protected readonly show = (code: string | null): string => optionText(this.field(), code);

  protected pick(code: string | null): void {
    this.search.set(undefined);
    this.choice.set({ value: code, follows: false });
  }

  protected accept(): void {
    this.choice.set(suggestedChoice(this.field()));
  }

  /** Keeps what it holds, and goes its own way from now on. */
  protected detach(): void {
    this.choice.set({ value: this.choice().value, follows: false });
  }

  /** Text that is no option is not a choice: an exact code counts, an emptied box clears, the rest falls back. */
  protected leave(): void {
    const search = this.search();
    if (search === undefined) return;
    const code = search.trim();
    const exact = this.field().options.find((each) => each.code === code && !each.isBlocked);
    if (exact && exact.code !== this.choice().value) this.pick(exact.code);
    if (code === '') this.pick(null);
    this.search.set(undefined);
  }
}
