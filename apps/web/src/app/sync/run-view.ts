import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { SyncRun } from '@koppel/contracts';
import { Bar } from '../ui/bar.js';
import { Clock } from '../ui/clock.js';
import { Icon } from '../ui/icon.js';
import { CountPipe, DurationPipe, TimePipe } from '../ui/pipes.js';
import { RunAdministrationRow } from './run-administration.js';
import { runRate, runRecords, runShare } from './run-progress.js';
import { RunStatistics } from './run-statistics.js';
import { eventText } from './run-words.js';

/** A run as it goes: the whole, each administration, what happened, and at the end what came of it. */
@Component({
  selector: 'kp-run',
  imports: [RunAdministrationRow, RunStatistics, Bar, Icon, MatButton, CountPipe, DurationPipe, TimePipe],
  templateUrl: './run-view.html',
  styleUrl: './run-view.scss',
})
export class RunView {
  readonly run = input.required<SyncRun>();
  readonly isLive = input(true);
  readonly maySteer = input(false);
  readonly mayRetry = input(false);
  readonly isBusy = input(false);
  readonly paused = output();
  readonly resumed = output();
  readonly retry = output<string>();
  readonly #locale = inject(LOCALE_ID);
  readonly #clock = inject(Clock);
  protected readonly math = Math;
  protected readonly isOpen = computed(() => this.run().endedAt === null);
  protected readonly share = computed(() => runShare(this.run()));
  protected readonly records = computed(() => runRecords(this.run()));
  protected readonly rate = computed(() => {
    this.#clock.now();
    return runRate(this.run(), this.#clock.read());
  });
  protected readonly failedParts = computed(() =>
    this.run().administrations.reduce(
      (count, each) => count + each.parts.filter((part) => part.state === 'failed').length,
      0,
    ),
  );
  protected readonly tone = computed(() =>
    this.run().state === 'completed'
      ? 'ok'
      : this.run().state === 'failed'
        ? 'bad'
        : this.run().isPaused
          ? 'waiting'
          : 'accent',
  );
  protected readonly events = computed(() =>
    this.run()
      .events.map((event) => ({ ...event, text: eventText(event, this.#locale) }))
      .toSorted((a, b) => b.at.localeCompare(a.at)),
  );
}
