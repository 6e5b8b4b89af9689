import { Component, computed, input, model, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { AdministrationSettings, SharedField } from '@koppel/contracts';
import { Ago } from '../ui/ago.js';
import { Icon } from '../ui/icon.js';
import { InvoiceSettings } from './invoice-settings.js';
import { SettingField } from './setting-field.js';
import { SettingTabs } from './setting-tabs.js';
import { settingGroups, type SettingTab } from './setting-text.js';
import {
  acceptSuggestions,
  choiceOf,
  missingIn,
  openSuggestions,
  withChoice,
  type Draft,
} from './settings-draft.js';
import { WritePolicy } from './write-policy.js';

/** The settings of one administration, a tab per kind; changes to codes are a draft over all tabs until saved. */
@Component({
  selector: 'kp-administration-form',
  imports: [SettingField, SettingTabs, InvoiceSettings, WritePolicy, MatButton, Icon, Ago],
  templateUrl: './administration-form.html',
  styleUrl: './administration-form.scss',
})
export class AdministrationForm {
  readonly settings = input.required<AdministrationSettings>();
  readonly draft = model.required<Draft>();
  readonly policyDraft = model<readonly SharedField[]>();
  readonly tab = input.required<SettingTab>();
  readonly isEnabled = input(true);
  readonly isBusy = input(false);
  readonly mayCopy = input(false);
  readonly save = output();
  readonly policySaved = output<SharedField[]>();
  readonly copied = output();
  protected readonly choiceOf = choiceOf;
  protected readonly withChoice = withChoice;
  protected readonly isChanged = computed(() => Object.keys(this.draft()).length > 0);
  /** What was saved is copied, so nothing may wait to be. */
  protected readonly isUnsaved = computed(() => this.isChanged() || this.policyDraft() !== undefined);
  protected readonly missing = computed(() => missingIn(this.settings().fields, this.draft()));
  /** Nothing is missing in what is shown, while what was saved still misses something: the list counts that. */
  protected readonly becomesComplete = computed(
    () => this.missing() === 0 && missingIn(this.settings().fields, {}) > 0,
  );
  protected readonly suggestions = computed(() => openSuggestions(this.settings(), this.draft()).length);
  protected readonly from = computed(() => this.settings().inheritsFrom?.administrationName ?? null);
  protected readonly group = computed(() => settingGroups().find(({ key }) => key === this.tab()));
  protected readonly fields = computed(
    () =>
      this.group()?.settings.flatMap((key) => this.settings().fields.filter((field) => field.key === key)) ??
      [],
  );

  protected acceptAll(): void {
    this.draft.set(acceptSuggestions(this.settings(), this.draft()));
  }
}
