/**
 * If Node is too old, prints one sentence and exits with 78. Entry points call this before they load modules that need
 * a newer Node.
 * @param command a command that runs with the right Node, such as `npm start`.
 */
export function requireNodeVersion(command: string): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  process.stderr.write(
    `Evalon's proxy needs Node 22.18 or newer; this is ${process.versions.node}. Start it with: ${command}\n`,
  );
  process.exit(78);
}
