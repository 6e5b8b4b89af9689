import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  afterNextRender,
  Component,
  DestroyRef,
  effect,
  inject,
  input,
  output,
  untracked,
  viewChild,
} from '@angular/core';
import type { ProposalSummary } from '@koppel/contracts';
import { BothPipe, SharePipe } from '../ui/pipes.js';

/** Every row has this height, so that a queue of ten thousand costs no more than the rows in view. */
const rowPx = 92;
/** More is asked for when this few rows are left below the view. */
const nearEnd = 20;
const shareMax = 0.999;

/** The pairs that wait, most certain first. */
@Component({
  selector: 'kp-queue',
  imports: [BothPipe, SharePipe, CdkVirtualScrollViewport, CdkFixedSizeVirtualScroll, CdkVirtualForOf],
  template: `
    <cdk-virtual-scroll-viewport [itemSize]="rowPx" (scrolledIndexChange)="onScrolled()">
      <div role="list">
        <div
          *cdkVirtualFor="let pair of pairs(); let index = index; trackBy: byId"
          class="row"
          role="listitem"
          [attr.aria-posinset]="index + 1"
          [attr.aria-setsize]="pairs().length"
        >
          <button
            type="button"
            [class.is-current]="pair.id === currentId()"
            [attr.aria-current]="pair.id === currentId() ? 'true' : null"
            (click)="choose.emit(pair.id)"
          >
            <span class="name">{{ pair.left.name }}</span>
            <span class="share">{{ doubtful(pair.probability) | share }}</span>
            @if (pair.right.name !== pair.left.name) {
              <span class="other">{{ pair.right.name }}</span>
            }
            <span class="where">
              @if (pair.left.administrationName === pair.right.administrationName) {
                {{ pair.left.administrationName }}
              } @else {
                {{ pair.left.administrationName }} ↔ {{ pair.right.administrationName }}
              }
            </span>
            @if (pair.topReasons[0]; as reason) {
              <span class="reason">{{ reason.text | both }}</span>
            }
          </button>
        </div>
      </div>
    </cdk-virtual-scroll-viewport>
  `,
  styleUrl: './queue-list.scss',
})
export class QueueList {
  readonly pairs = input.required<readonly ProposalSummary[]>();
  readonly currentId = input<string>();
  readonly choose = output<string>();
  readonly endNears = output();
  protected readonly rowPx = rowPx;
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);

  constructor() {
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      const viewport = this.viewport();
      const observer = new ResizeObserver(() => viewport.checkViewportSize());
      observer.observe(viewport.elementRef.nativeElement);
      destroyRef.onDestroy(() => observer.disconnect());
    });
    effect(() => {
      const id = this.currentId();
      if (id !== undefined) untracked(() => this.#reveal(id));
    });
  }

  protected readonly byId = (_index: number, pair: ProposalSummary): string => pair.id;

  protected onScrolled(): void {
    const { end } = this.viewport().getRenderedRange();
    if (end > this.pairs().length - nearEnd) this.endNears.emit();
  }

  /** What is asked is never certain, however near it comes. */
  protected doubtful(probability: number): number {
    return Math.min(probability, shareMax);
  }

  /** Scrolls only when the current pair is out of view. */
  #reveal(id: string): void {
    const viewport = this.viewport();
    const top = this.pairs().findIndex((pair) => pair.id === id) * rowPx;
    const shown = viewport.measureScrollOffset();
    if (top < 0 || (top >= shown && top + rowPx <= shown + viewport.getViewportSize())) return;
    viewport.scrollToOffset(top < shown ? top : top + rowPx - viewport.getViewportSize());
  }
}
