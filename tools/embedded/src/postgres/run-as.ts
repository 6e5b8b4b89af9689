import { spawnSync } from 'node:child_process';

/** How to start PostgreSQL, which refuses to run as root, from the current user. */
export interface RunAs {
  /** Words to put before the command. */
  readonly prefix: readonly string[];
  /** Whom the data folder must belong to, when that is somebody other than the current user. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

const userNamespace = ['unshare', '--user', '--map-user=1', '--map-group=1', '--'];

/**
 * As an ordinary user: nothing special. As root: a user namespace, in which root's own files stay reachable and nothing on
 * the host changes; where namespaces are closed, the user `postgres` or `nobody`. Throws when root has neither.
 */
export function runAsNonRoot(): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  if (process.env['KOPPEL_NO_USER_NAMESPACE'] === undefined && succeeds([...userNamespace, 'true'])) {
    return { prefix: userNamespace };
  }
  const owner = idsOf('postgres') ?? idsOf('nobody');
  if (owner === undefined || !succeeds(['setpriv', '--version'])) {
    throw new Error(
      'PostgreSQL cannot run as root here: start Koppel as an ordinary user, or set DATABASE_URL',
    );
  }
  const ids = ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups'];
  return { prefix: ['setpriv', ...ids, '--'], owner };
}

/**
 * Words that make the kernel send `signal` to the command when this process ends for whatever reason, also by SIGKILL.
 * Empty where the platform has no such thing (macOS); there the next start takes over.
 */
export function endWithParent(signal: 'INT' | 'TERM' | 'KILL'): readonly string[] {
  if (process.platform !== 'linux') return [];
  return succeeds(['setpriv', '--pdeathsig', signal, '--', 'true'])
    ? ['setpriv', '--pdeathsig', signal, '--']
    : [];
}

function idsOf(user: string): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function succeeds([command = '', ...args]: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
