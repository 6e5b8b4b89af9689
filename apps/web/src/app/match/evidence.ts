import { booleanAttribute, Component, computed, input } from '@angular/core';
import type { ProposalDetail } from '@koppel/contracts';
import { Icon } from '../ui/icon.js';
import { BothPipe, SharePipe, WeightPipe } from '../ui/pipes.js';
import { waterfallOf } from './waterfall.js';

type JudgedPair = Pick<ProposalDetail, 'score' | 'probability' | 'reasons' | 'vetoes'> &
  Partial<Pick<ProposalDetail, 'contradictions' | 'wouldChange'>>;

/** Why Koppel thinks what it thinks: every reason as a signed bar, and what forbids a merge by name. */
@Component({
  selector: 'kp-evidence',
  imports: [Icon, BothPipe, SharePipe, WeightPipe],
  templateUrl: './evidence.html',
  styleUrl: './evidence.scss',
  host: { '[class.is-bare]': 'isBare()' },
})
export class Evidence {
  readonly pair = input.required<JudgedPair>();
  /** Where what stands around it says already what it is about. */
  readonly isBare = input(false, { transform: booleanAttribute });
  protected readonly icons = { automatic: 'check', ask: 'info', separate: 'unlink' } as const;
  protected readonly waterfall = computed(() => waterfallOf(this.pair()));
  protected readonly changes = computed(() => this.pair().wouldChange ?? []);
}
