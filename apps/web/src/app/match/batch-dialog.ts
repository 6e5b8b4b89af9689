import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { previewBatchEndpoint } from '@koppel/contracts';
import { endpointResource } from '../api/endpoint-resource.js';
import { injectRunBatch, type BatchOutcome } from '../history/run-batch.js';
import { paths } from '../paths.js';
import { Bar } from '../ui/bar.js';
import { Icon } from '../ui/icon.js';
import { BothPipe, CountPipe, SharePipe } from '../ui/pipes.js';
import { ProblemPanel } from '../ui/problem-panel.js';
import { Skeleton } from '../ui/skeleton.js';
import type { MatchQuery } from './match-queue.js';

export interface AcceptedAll extends BatchOutcome {
  readonly batchId: string;
  /** Pairs that were decided or changed after the preview, or contradict what the batch has merged. */
  readonly overtaken: number;
}

const percents = [50, 75, 90, 95, 99] as const;
const percentDefault = 95;

/** Accepts all pairs of the queue's filter above a chance, after showing how many, how many errors to expect, and some. */
@Component({
  imports: [
    MatDialogModule,
    MatButton,
    MatCheckbox,
    MatFormField,
    MatLabel,
    MatSelect,
    MatOption,
    Bar,
    Icon,
    BothPipe,
    CountPipe,
    SharePipe,
    ProblemPanel,
    Skeleton,
  ],
  templateUrl: './batch-dialog.html',
  styleUrl: './batch-dialog.scss',
})
export class BatchDialog {
  readonly #query = inject<MatchQuery>(MAT_DIALOG_DATA);
  protected readonly ref = inject<MatDialogRef<BatchDialog, AcceptedAll>>(MatDialogRef);
  protected readonly running = injectRunBatch();
  protected readonly paths = paths;
  protected readonly math = Math;
  protected readonly percents = percents;
  protected readonly percent = signal(
    Math.round(Number(this.#query.minProbability ?? percentDefault / 100) * 100),
  );
  readonly #filter = computed(() => {
    const { state: _state, order: _order, cursor: _cursor, limit: _limit, ...filter } = this.#query;
    return { ...filter, minProbability: this.percent() / 100 };
  });
  protected readonly preview = endpointResource(previewBatchEndpoint, () => ({ query: this.#filter() }));
  protected readonly hasLooked = signal(false);
  protected readonly done = computed(() => {
    const [progress, preview] = [this.running.progress(), this.preview.value()];
    return progress === undefined || !preview
      ? undefined
      : progress / Math.max(1, preview.pairs + preview.leftOut);
  });
  protected readonly whyNot = computed(() => {
    const preview = this.preview.value();
    if (!preview || this.preview.isLoading()) return '';
    if (preview.pairs === 0) return $localize`:@@batch.none:Geen enkel paar haalt deze kans.`;
    if (!this.hasLooked()) return $localize`:@@batch.lookFirst:Bekijk eerst de steekproef.`;
    return undefined;
  });

  protected choose(percent: number): void {
    this.percent.set(percent);
    this.hasLooked.set(false);
  }

  protected async accept(): Promise<void> {
    const preview = this.preview.value();
    if (!preview) return;
    const { batchId, seenAt, leftOut } = preview;
    this.ref.disableClose = true;
    const outcome = await this.running.accept({ ...this.#filter(), batchId, seenAt });
    this.ref.close({ ...outcome, batchId, overtaken: Math.max(0, outcome.skipped - leftOut) });
  }
}
