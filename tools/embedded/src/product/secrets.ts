import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What a local Koppel keeps to itself between two starts. Losing it makes the stored Exact tokens unreadable. */
export interface Secrets {
  readonly encryptionKeyId: string;
  /** Keys by id, each 32 bytes in base64. */
  readonly encryptionKeys: Readonly<Record<string, string>>;
  readonly sessionSecret: string;
}

/** Reads the secrets, or makes them when there is no such file; readable for its owner only. Throws on a damaged file. */
export async function keepSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return makeSecrets(file);
  await chmod(file, 0o600);
  return parse(text, file);
}

async function makeSecrets(file: string): Promise<Secrets> {
  const key = (): string => randomBytes(32).toString('base64');
  const secrets: Secrets = {
    encryptionKeyId: 'local-1',
    encryptionKeys: { 'local-1': key() },
    sessionSecret: key(),
  };
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return secrets;
}

function parse(text: string, file: string): Secrets {
  try {
    const { encryptionKeyId, encryptionKeys, sessionSecret } = JSON.parse(text) as Partial<Secrets>;
    if (!encryptionKeyId || !encryptionKeys?.[encryptionKeyId] || !sessionSecret)
      throw new Error('a member is missing');
    return { encryptionKeyId, encryptionKeys, sessionSecret };
  } catch (cause) {
    throw new Error(`${file} is damaged: restore it, or remove it and connect Exact Online again`, { cause });
  }
}
