import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Log files per part of a running Koppel: `<part>.log`, and `<part>.log.1` with what came before. A new start begins new files; a file that reaches
 * 10 MB is set aside, so that a long run never fills the disk.
 */
export class Logs {
  private readonly sizes = new Map<string, number>();

  constructor(
    private readonly folder: string,
    private readonly bytesMax = 10_000_000,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  write(part: string, line: string): void {
    const file = path.join(this.folder, `${part}.log`);
    const size = this.sizes.get(part);
    if (size === undefined || size > this.bytesMax) this.setAside(part, file);
    const text = `${line}\n`;
    appendFileSync(file, text);
    this.sizes.set(part, (this.sizes.get(part) ?? 0) + Buffer.byteLength(text));
  }

  private setAside(part: string, file: string): void {
    this.sizes.set(part, 0);
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
    rmSync(`${file}.1`, { force: true });
    renameSync(file, `${file}.1`);
  }
}
