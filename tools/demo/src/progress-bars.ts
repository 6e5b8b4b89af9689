import type { SyncRun } from '@koppel/contracts';
import { MultiBar, type SingleBar } from 'cli-progress';

const waits: Readonly<Record<string, string>> = {
  'minute-limit': 'wacht op Exacts minuutlimiet',
  'day-limit': 'wacht op Exacts daglimiet',
  retry: 'opnieuw over even',
  reconnect: 'opnieuw koppelen nodig',
  paused: 'gepauzeerd',
};

/** A bar per administration, on a terminal; silent elsewhere. */
export class ProgressBars {
  private readonly bars = new Map<string, SingleBar>();
  private readonly multi = new MultiBar({
    format: '  {name} [{bar}] {records} {note}',
    hideCursor: true,
    barsize: 24,
    autopadding: true,
    noTTYOutput: false,
  });

  show(run: SyncRun): void {
    for (const administration of run.administrations) {
      const { parts } = administration;
      const records = parts.reduce((sum, part) => sum + part.records, 0);
      const waiting = parts.find((part) => part.waitReason !== null)?.waitReason;
      const payload = {
        name: administration.name.padEnd(34).slice(0, 34),
        records: `${records.toLocaleString('nl')} records`.padStart(14),
        note: administration.state === 'done' ? 'klaar' : (waits[waiting ?? ''] ?? ''),
      };
      const bar = this.bars.get(administration.administrationId) ?? this.multi.create(1, 0, payload);
      this.bars.set(administration.administrationId, bar);
      // Exact does not tell beforehand how many records there are; how many kinds are done is certain.
      bar.setTotal(Math.max(parts.length, 1));
      bar.update(parts.filter(({ state }) => state === 'done' || state === 'skipped').length, payload);
    }
  }

  stop(): void {
    this.multi.stop();
  }
}
