import { Component, computed, input } from '@angular/core';
import type { SourceRelation } from '@koppel/contracts';
import { Ago } from '../ui/ago.js';
import { Icon } from '../ui/icon.js';
import { DayPipe } from '../ui/pipes.js';
import { fieldText, sharedFields } from './field-text.js';
import { roleText } from './role-text.js';

/** What tells one record apart: its administration, code, roles, state, last change, and the way to it in Exact. */
@Component({
  selector: 'kp-source-head',
  imports: [Ago, Icon, DayPipe],
  template: `
    @let value = source();
    <div class="name">
      <strong>{{ value.administrationName }}</strong>
      @if (value.administrationCode; as code) {
        <span class="kp-code">{{ code }}</span>
      }
    </div>
    <p>
      @if (value.code; as code) {
        <span i18n="@@source.code">code {{ code }}</span> ·
      }
      @for (role of value.roles; track role; let isLast = $last) {
        {{ roleText(role) }}{{ isLast ? '' : ', ' }}
      }
    </p>
    <p>
      @if (value.modifiedAt; as at) {
        <span i18n="@@source.modified">gewijzigd</span>&ngsp;<kp-ago [at]="at" />
      }
      @if (value.contactPersons > 0) {
        ·
        <span i18n="@@source.persons">{value.contactPersons, plural,
          =1 {1 contactpersoon}
          other {{{ value.contactPersons }} contactpersonen}
        }</span>
      }
    </p>
    <div class="badges">
      @if (value.isBlocked) {
        <span class="kp-badge is-warn"
          ><kp-icon name="blocked" /><span i18n="@@source.blocked">Geblokkeerd</span></span
        >
      }
      @if (value.endsOn; as day) {
        <span class="kp-badge is-warn" i18n="@@source.ends">Eindigt {{ day | day }}</span>
      }
      @if (value.isAlias) {
        <span class="kp-badge" i18n="@@source.alias">Alias: hierop wordt niet geboekt</span>
      }
      @if (localNames(); as names) {
        <span class="kp-badge"
          ><kp-icon name="lock" /><span i18n="@@source.local">Alleen hier: {{ names }}</span></span
        >
      }
      @if (value.isOwnCompany) {
        <span class="kp-badge is-accent" i18n="@@source.own">Eigen bedrijf</span>
      }
      @if (value.state === 'deleted') {
        <span class="kp-badge is-bad" i18n="@@source.deleted">Verwijderd in Exact</span>
      }
      @if (value.deepLink; as link) {
        <a [href]="link" target="_blank" rel="noopener">
          <span i18n="@@source.open">Openen in Exact</span> <kp-icon name="external" />
        </a>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
      min-width: 0;
    }
    .name {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 8px;
    }
    strong {
      font-weight: 620;
    }
    p {
      color: var(--kp-ink-3);
      font-size: 12.5px;
    }
    .badges {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
      margin-top: 4px;
      font-size: 12.5px;
    }
    a {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      min-height: 24px;
    }
    a kp-icon {
      font-size: 11px;
    }
  `,
})
export class SourceHead {
  readonly source = input.required<SourceRelation>();
  protected readonly roleText = roleText;
  /** What its administration keeps to itself. */
  protected readonly localNames = computed(() => {
    const { localFields } = this.source();
    return sharedFields
      .filter((field) => localFields.includes(field))
      .map(fieldText)
      .join(', ');
  });
}
