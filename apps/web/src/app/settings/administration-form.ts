import { Component, computed, input, model, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { AdministrationSettings } from '@koppel/contracts';
import { Ago } from '../ui/ago.js';
import { Icon } from '../ui/icon.js';
import { SettingField } from './setting-field.js';
import { settingGroups } from './setting-text.js';
import {
  acceptSuggestions,
  missingIn,
  openSuggestions,
  valueOf,
  withValue,
  type Draft,
} from './settings-draft.js';

/** The settings of one administration, in groups; changes are a draft until saved. */
@Component({
  selector: 'kp-administration-form',
  imports: [SettingField, MatButton, Icon, Ago],
  templateUrl: './administration-form.html',
  styleUrl: './administration-form.scss',
})
export class AdministrationForm {
  readonly settings = input.required<AdministrationSettings>();
  readonly draft = model.required<Draft>();
  readonly isEnabled = input(true);
  readonly isBusy = input(false);
  readonly mayCopy = input(false);
  readonly save = output();
  readonly copied = output();
  protected readonly valueOf = valueOf;
  protected readonly withValue = withValue;
  protected readonly isChanged = computed(() => Object.keys(this.draft()).length > 0);
  protected readonly missing = computed(() => missingIn(this.settings(), this.draft()));
  protected readonly suggestions = computed(() => openSuggestions(this.settings(), this.draft()).length);
  protected readonly groups = computed(() =>
    settingGroups()
      .map((group) => ({
        ...group,
        fields: group.settings.flatMap((key) => this.settings().fields.filter((field) => field.key === key)),
      }))
      .filter((group) => group.fields.length > 0),
  );

  protected acceptAll(): void {
    this.draft.set(acceptSuggestions(this.settings(), this.draft()));
  }
}
