import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Bar } from '../ui/bar.js';
import { Gauge } from '../ui/gauge.js';
import { Icon } from '../ui/icon.js';
import { CountPipe } from '../ui/pipes.js';
import { kindText } from './kind-text.js';
import { progressOf } from './run-progress.js';
import { waitText, type RunAdministration, type RunPart } from './run-words.js';

/** One administration of a run: how far, how much of Exact's limits is used, and a bar per kind. */
@Component({
  selector: 'kp-run-administration',
  imports: [Bar, Gauge, Icon, CountPipe, MatButton],
  templateUrl: './run-administration.html',
  styleUrl: './run-administration.scss',
})
export class RunAdministrationRow {
  readonly administration = input.required<RunAdministration>();
  readonly mayRetry = input(false);
  readonly isBusy = input(false);
  readonly retry = output<string>();
  readonly #locale = inject(LOCALE_ID);
  protected readonly progress = computed(() => progressOf(this.administration()));
  protected readonly kindText = kindText;
  protected readonly waits = computed(() => {
    const { parts, budget } = this.administration();
    return [
      ...new Set(
        parts.map((part) => waitText(part, budget, this.#locale)).filter((text) => text !== undefined),
      ),
    ];
  });

  protected shareOf(part: RunPart): number | undefined {
    if (part.state === 'done' || part.state === 'skipped' || part.state === 'failed') return 1;
    if (part.state === 'pending') return 0;
    return part.expected ? part.records / part.expected : undefined;
  }

  protected toneOf(part: RunPart): 'accent' | 'ok' | 'waiting' | 'bad' {
    if (part.state === 'failed') return 'bad';
    if (part.state === 'waiting') return 'waiting';
    return part.state === 'done' ? 'ok' : 'accent';
  }
}
