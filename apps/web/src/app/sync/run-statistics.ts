import { Component, computed, input } from '@angular/core';
import type { SyncRun } from '@koppel/contracts';
import { CountPipe } from '../ui/pipes.js';

/** What came of a run, in figures. */
@Component({
  selector: 'kp-run-statistics',
  imports: [CountPipe],
  template: `
    <dl>
      @for (each of figures(); track each.text) {
        <div>
          <dd>{{ each.count | count }}</dd>
          <dt>{{ each.text }}</dt>
        </div>
      }
    </dl>
  `,
  styles: `
    :host {
      display: block;
      padding: 20px 24px;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
      gap: 16px;
    }
    dd {
      font-size: 24px;
      font-weight: 640;
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.02em;
    }
    dt {
      color: var(--kp-ink-3);
      font-size: 13px;
    }
  `,
})
export class RunStatistics {
  readonly statistics = input.required<SyncRun['statistics']>();
  protected readonly figures = computed(() => {
    const counts = this.statistics();
    const always = [
      { count: counts.relations, text: $localize`:@@statistics.relations:relaties` },
      { count: counts.mergedAutomatically, text: $localize`:@@statistics.merged:vanzelf samengevoegd` },
      { count: counts.asked, text: $localize`:@@statistics.asked:voor u om te beslissen` },
      { count: counts.doubles, text: $localize`:@@statistics.doubles:dubbel binnen één administratie` },
    ];
    const whenAny = [
      { count: counts.created, text: $localize`:@@statistics.created:nieuw` },
      { count: counts.changed, text: $localize`:@@statistics.changed:gewijzigd` },
      { count: counts.deleted, text: $localize`:@@statistics.deleted:verwijderd in Exact` },
      { count: counts.conflicts, text: $localize`:@@statistics.conflicts:tegenstrijdig gewijzigd` },
      { count: counts.writes, text: $localize`:@@statistics.writes:teruggeschreven` },
      { count: counts.rejected, text: $localize`:@@statistics.rejected:niet overgenomen` },
    ];
    return [...always, ...whenAny.filter((each) => each.count > 0)];
  });
}
