import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Dashboard } from '@koppel/contracts';
import { paths } from '../paths.js';
import { Icon } from '../ui/icon.js';
import { CountPipe } from '../ui/pipes.js';

/** What waits for a person, heaviest first. */
@Component({
  selector: 'kp-waiting-list',
  imports: [Icon, CountPipe, RouterLink],
  template: `
    <h2 i18n="@@waiting.heading">Wacht op u</h2>
    <ul>
      @for (row of rows(); track row.key) {
        <li>
          <a [routerLink]="row.path" [queryParams]="row.query" [class.is-bad]="row.isBad">
            <span class="count">{{ row.count | count }}</span>
            <span class="text">{{ row.text }}</span>
            <kp-icon name="right" />
          </a>
        </li>
      } @empty {
        <li class="nothing">
          <kp-icon name="check" /> <span i18n="@@waiting.nothing">Niets. Alles is bij.</span>
        </li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
      padding: 16px 20px 10px;
    }
    h2 {
      font-size: 14px;
    }
    ul {
      margin: 4px -10px 0;
    }
    li + li {
      border-top: 1px solid var(--kp-line);
    }
    a {
      display: grid;
      grid-template-columns: 44px 1fr auto;
      align-items: center;
      gap: 8px;
      padding: 10px;
      border-radius: var(--kp-radius);
      color: var(--kp-ink);
      text-decoration: none;
    }
    a:hover {
      background: var(--kp-hover);
    }
    a kp-icon {
      color: var(--kp-ink-3);
      font-size: 11px;
    }
    .count {
      font-size: 17px;
      font-weight: 640;
      font-variant-numeric: tabular-nums;
      text-align: end;
    }
    .is-bad .count,
    .is-bad .text {
      color: var(--kp-bad);
      font-weight: 600;
    }
    .nothing {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 10px;
      color: var(--kp-ink-2);
    }
    .nothing kp-icon {
      color: var(--kp-ok);
    }
  `,
})
export class WaitingList {
  readonly waiting = input.required<Dashboard['waiting']>();
  protected readonly rows = computed(() => {
    const waiting = this.waiting();
    const others = waiting.issues - waiting.blockingIssues;
    return [
      {
        key: 'blocking',
        count: waiting.blockingIssues,
        text: $localize`:@@waiting.blocking:blokkerende meldingen`,
        path: paths.issues,
        query: {},
        isBad: true,
      },
      {
        key: 'conflicts',
        count: waiting.conflicts,
        text: $localize`:@@waiting.conflicts:velden aan twee kanten anders gewijzigd`,
        path: paths.conflicts,
        query: {},
        isBad: false,
      },
      {
        key: 'proposals',
        count: waiting.proposals,
        text: $localize`:@@waiting.proposals:paren om te beslissen`,
        path: paths.match,
        query: {},
        isBad: false,
      },
      {
        key: 'settings',
        count: waiting.incompleteSettings,
        text: $localize`:@@waiting.settings:verplichte instellingen die ontbreken of niet kloppen`,
        path: paths.settings,
        query: {},
        isBad: false,
      },
      {
        key: 'doubles',
        count: waiting.doubles,
        text: $localize`:@@waiting.doubles:dubbelen binnen één administratie`,
        path: paths.match,
        query: { soort: 'dubbel' },
        isBad: false,
      },
      {
        key: 'issues',
        count: others,
        text: $localize`:@@waiting.issues:overige meldingen`,
        path: paths.issues,
        query: {},
        isBad: false,
      },
    ].filter((row) => row.count > 0);
  });
}
