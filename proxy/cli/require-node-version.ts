/** The check of Node's version, for the first line of an entry point: before anything native or newer is loaded. */

/**
 * Ends the process with 78 and one sentence where this Node is too old.
 * @param command what brings the right Node along, such as `npm start`.
 */
export function requireNodeVersion(command: string): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  process.stderr.write(
    `Evalon's proxy needs Node 22.18 or newer; this is ${process.versions.node}. Start it with: ${command}\n`,
  );
  process.exit(78);
}
