import { randomBytes } from 'node:crypto';
import postgres from 'postgres';

/** Databases of one server, made by cloning. */
export class Databases {
  constructor(private readonly serverUrl: string) {}

  /** A new database; of a template that nobody is connected to. */
  async create(template = 'template1'): Promise<string> {
    const name = `koppel_crash_${randomBytes(6).toString('hex')}`;
    await this.execute(`create database ${name} template ${template}`);
    return name;
  }

  async drop(name: string): Promise<void> {
    await this.execute(`drop database if exists ${name} with (force)`);
  }

  urlOf(name: string): string {
    const url = new URL(this.serverUrl);
    url.pathname = `/${name}`;
    return url.href;
  }

  private async execute(statement: string): Promise<void> {
    const sql = postgres(this.serverUrl, { max: 1, connect_timeout: 10, onnotice: () => undefined });
    try {
      await sql.unsafe(statement);
    } finally {
      await sql.end({ timeout: 5 });
    }
  }
}
