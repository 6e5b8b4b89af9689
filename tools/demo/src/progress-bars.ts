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
    format: '  {name} [{bar}] {value}/{total} {note}',
    hideCursor: true,
    barsize: 24,
    autopadding: true,
    noTTYOutput: false,
  });

  show(run: SyncRun): void {
    for (const administration of run.administrations) {
      const done = administration.parts.reduce((sum, part) => sum + part.records, 0);
      const expected = administration.parts.reduce(
        (sum, part) => sum + Math.max(part.expected ?? 0, part.records),
        0,
      );
      const waiting = administration.parts.find((part) => part.waitReason !== null)?.waitReason;
      const payload = {
        name: administration.name.padEnd(34).slice(0, 34),
        note: administration.state === 'done' ? 'klaar' : (waits[waiting ?? ''] ?? ''),
      };
      const bar = this.bars.get(administration.administrationId) ?? this.multi.create(1, 0, payload);
      this.bars.set(administration.administrationId, bar);
      bar.setTotal(Math.max(expected, 1));
      bar.update(done, payload);
    }
  }

  stop(): void {
    this.multi.stop();
  }
}
