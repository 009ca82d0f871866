/** `npm run dev`: sandbox mode that follows the sources; the page is reloaded by hand, the proxy restarts by itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { commandOf, ROOT } from './tool.ts';

const children: ChildProcess[] = [
  spawn(...commandOf('vite', 'build', '--watch', '--logLevel', 'warn'), { cwd: ROOT, stdio: 'inherit' }),
  spawn(process.execPath, ['--watch', '--watch-preserve-output', 'proxy/main.ts'], { cwd: ROOT, stdio: 'inherit' }),
];

function stop(): void {
  for (const child of children) child.kill('SIGTERM');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
for (const child of children) {
  child.on('exit', (code) => {
    stop();
    process.exitCode ||= code ?? 0;
  });
}
