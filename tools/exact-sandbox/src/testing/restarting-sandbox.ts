import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SandboxOptions } from '../options.js';
import { startSandbox, type Sandbox } from '../start-sandbox.js';

/** A sandbox with a state file, that can be started again and again on it. */
export class RestartingSandbox {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'exact-sandbox-'));
  private running: Sandbox | undefined;

  constructor(private readonly options: SandboxOptions = {}) {}

  get file(): string {
    return path.join(this.folder, 'sandbox.jsonl');
  }

  get now(): Sandbox {
    if (!this.running) throw new Error('the sandbox is not running');
    return this.running;
  }

  /** Stops it when it runs, and starts it; the options come on top of the usual ones. */
  async start(more: SandboxOptions = {}): Promise<Sandbox> {
    await this.stop();
    this.running = await startSandbox({
      clock: { startsAt: '2026-06-25T14:21:04Z' },
      world: { relations: 40 },
      switches: { unthrottled: true },
      stateFile: this.file,
      ...this.options,
      ...more,
    });
    return this.running;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  /** The lines of the state file. */
  lines(): readonly string[] {
    return readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
  }

  write(text: string): void {
    writeFileSync(this.file, text);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
