import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded into every child (`node --import`): when the launcher is gone, also by SIGKILL, the channel to it breaks, and the child ends as
 * on SIGTERM, or after `graceMs` the hard way. Works on every platform and asks nothing of the child itself.
 */
const graceMs = 5_000;

if (isMainThread && process.channel) {
  process.on('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
    process.kill(process.pid, 'SIGTERM');
  });
  // Listening must not keep a child alive that has nothing left to do.
  process.channel.unref();
}
