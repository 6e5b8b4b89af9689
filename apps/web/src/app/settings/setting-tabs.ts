import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AdministrationSettings, SharedField } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { InView } from '../ui/in-view.js';
import { isTouched, missingIn, type Draft } from './settings-draft.js';
import { settingGroups, type SettingTab } from './setting-text.js';

/** The kinds of settings, each with what is still to be chosen in it. */
@Component({
  selector: 'kp-setting-tabs',
  imports: [Icon, InView, RouterLink],
  template: `
    <nav aria-label="Soorten instellingen" i18n-aria-label="@@settings.kinds">
      @for (tab of tabs(); track tab.key) {
        <a
          [routerLink]="[]"
          [queryParams]="{ soort: tab.key }"
          queryParamsHandling="merge"
          [class.is-shown]="tab.key === shown()"
          [kpInView]="tab.key === shown()"
          [attr.aria-current]="tab.key === shown() ? 'page' : null"
        >
          {{ tab.text }}
          @if (tab.isUnsaved) {
            <kp-icon name="edit" class="is-unsaved" /><span
              class="kp-visually-hidden"
              i18n="@@settings.unsaved"
              >Nog niet opgeslagen</span
            >
          }
          @if (tab.missing > 0) {
            <span class="kp-badge is-warn"
              >{{ tab.missing
              }}<span class="kp-visually-hidden" i18n="@@settings.tabMissing">nog te kiezen</span></span
            >
          } @else if (!tab.isUnsaved) {
            <kp-icon name="check" /><span class="kp-visually-hidden" i18n="@@settings.tabComplete"
              >compleet</span
            >
          }
        </a>
      }
    </nav>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    /* Positioned, so that its hidden words scroll with it. */
    nav {
      position: relative;
      display: flex;
      flex-wrap: wrap;
      gap: 2px 4px;
      padding: 6px 16px 0;
      border-bottom: 1px solid var(--kp-line);
    }
    a {
      display: inline-flex;
      align-items: center;
      gap: 7px;
      padding: 9px 10px 8px;
      border-bottom: 2px solid transparent;
      color: var(--kp-ink-2);
      font-size: 13.5px;
      font-weight: 550;
      text-decoration: none;
    }
    a:hover {
      background: var(--kp-hover);
    }
    a.is-shown {
      border-bottom-color: var(--kp-accent);
      color: var(--kp-accent-strong);
    }
    kp-icon {
      color: var(--kp-ok);
      font-size: 11px;
    }
    kp-icon.is-unsaved {
      color: var(--kp-ink-2);
    }
    @media (width <= 700px) {
      nav {
        flex-wrap: nowrap;
        padding-inline: 8px;
        overflow-x: auto;
      }
      a {
        flex: none;
      }
    }
  `,
})
export class SettingTabs {
  readonly settings = input.required<AdministrationSettings>();
  readonly draft = input.required<Draft>();
  /** Of the tab that holds no code of Exact: what is ticked and not saved yet. */
  readonly policyDraft = input<readonly SharedField[]>();
  readonly shown = input.required<SettingTab>();
  protected readonly tabs = computed(() => {
    const { fields, code } = this.settings();
    return settingGroups().map(({ key, text, settings }) => ({
      key,
      text,
      isUnsaved:
        isTouched(settings, this.draft()) || (key === 'terugschrijven' && this.policyDraft() !== undefined),
      missing:
        missingIn(
          fields.filter((field) => settings.includes(field.key)),
          this.draft(),
        ) + (key === 'factuurnummers' && code === null ? 1 : 0),
    }));
  });
}
