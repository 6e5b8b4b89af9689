import path from 'node:path';
import { startPostgres, type RunningPostgres } from '@koppel/embedded';

/** Fast, and yet nothing that was committed is lost with a killed server: the kernel keeps what was written. */
const flags = ['-c', 'fsync=off'];

/** A server that crashes on demand and comes back at the same place. */
export class AttackedPostgres {
  private constructor(
    private readonly dataDir: string,
    private server: RunningPostgres,
  ) {}

  static async start(folder: string): Promise<AttackedPostgres> {
    const dataDir = path.join(folder, 'data');
    return new AttackedPostgres(dataDir, await startPostgres({ dataDir, flags }));
  }

  get port(): number {
    return this.server.port;
  }

  /** The same database by way of another port. */
  urlBy(port: number): string {
    const url = new URL(this.server.url);
    url.port = String(port);
    return url.href;
  }

  /** `immediate`: every connection is dropped in the middle of whatever it does; `kill`: the postmaster itself is. */
  async restart(how: 'immediate' | 'kill'): Promise<void> {
    const { port, pid, ended } = this.server;
    process.kill(pid, how === 'kill' ? 'SIGKILL' : 'SIGQUIT');
    await ended;
    this.server = await startPostgres({ dataDir: this.dataDir, flags, port });
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
