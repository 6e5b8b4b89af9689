import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui/icon.js';
import { BothPipe, CountPipe } from '../ui/pipes.js';
import type { CauseCount } from './issue-groups.js';

/** The causes with how many are open of each, those that block first; a click shows one of them. */
@Component({
  selector: 'kp-cause-rail',
  imports: [Icon, BothPipe, CountPipe, RouterLink],
  template: `
    <nav aria-label="Oorzaken" i18n-aria-label="@@causes.nav">
      <h2 i18n="@@causes.heading">Per oorzaak</h2>
      <a
        [routerLink]="[]"
        [queryParams]="{ oorzaak: null }"
        queryParamsHandling="merge"
        [class.is-active]="!chosen()"
        [attr.aria-current]="chosen() ? null : 'true'"
      >
        <span class="text" i18n="@@causes.all">Alle oorzaken</span>
        <span class="number">{{ total() | count }}</span>
      </a>
      @for (each of sorted(); track each.cause) {
        <a
          [routerLink]="[]"
          [queryParams]="{ oorzaak: each.cause }"
          queryParamsHandling="merge"
          [class.is-active]="chosen() === each.cause"
          [attr.aria-current]="chosen() === each.cause ? 'true' : null"
        >
          <span class="text">
            {{ each.title | both }}
            @if (each.blocking > 0) {
              <span class="blocks"><kp-icon name="lock" /><span i18n="@@causes.blocks">blokkeert</span></span>
            }
          </span>
          <span class="number" [class.is-bad]="each.blocking > 0">{{ each.open | count }}</span>
        </a>
      }
    </nav>
  `,
  styleUrl: './cause-rail.scss',
})
export class CauseRail {
  readonly counts = input.required<readonly CauseCount[]>();
  readonly chosen = input<string>();
  protected readonly total = computed(() => this.counts().reduce((sum, count) => sum + count.open, 0));
  protected readonly sorted = computed(() =>
    this.counts().toSorted((a, b) => b.blocking - a.blocking || b.open - a.open),
  );
}
