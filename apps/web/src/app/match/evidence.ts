import { Component, computed, input } from '@angular/core';
import type { ProposalDetail } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { BothPipe, SharePipe, WeightPipe } from '../ui/pipes.js';
import { waterfallOf } from './waterfall.js';

/** Why Koppel thinks what it thinks: every reason as a signed bar, and what forbids a merge by name. */
@Component({
  selector: 'kp-evidence',
  imports: [Icon, BothPipe, SharePipe, WeightPipe],
  templateUrl: './evidence.html',
  styleUrl: './evidence.scss',
})
export class Evidence {
  readonly pair = input.required<ProposalDetail>();
  protected readonly icons = { automatic: 'check', ask: 'info', separate: 'unlink' } as const;
  protected readonly waterfall = computed(() => waterfallOf(this.pair()));
}
