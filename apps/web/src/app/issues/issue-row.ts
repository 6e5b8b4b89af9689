import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { Issue } from '@koppel/contracts';
import { Ago } from '../ui/ago.js';
import { Icon } from '../ui/icon.js';
import { BothPipe, CountPipe } from '../ui/pipes.js';
import { iconOf, targetOf } from './way-out.js';

/** One issue: what, where, since when, why, and its ways out. */
@Component({
  selector: 'kp-issue',
  imports: [Ago, Icon, BothPipe, CountPipe, MatButton, RouterLink],
  templateUrl: './issue-row.html',
  styleUrl: './issue-row.scss',
})
export class IssueRow {
  readonly issue = input.required<Issue>();
  readonly mayDecide = input(false);
  readonly isBusy = input(false);
  readonly recheck = output();
  readonly ignore = output();
  protected readonly ways = computed(() =>
    this.issue().waysOut.flatMap((way) => {
      const target = targetOf(way, this.issue());
      return target ? [{ way, target, icon: iconOf(way) }] : [];
    }),
  );

  protected act(action: 'recheck' | 'ignore'): void {
    if (action === 'recheck') this.recheck.emit();
    else this.ignore.emit();
  }
}
