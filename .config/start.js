/**
 * `npm start`: builds dist/ if it is stale and runs the proxy in this process, so that signals reach it. A first
 * argument such as `doctor` runs that entry point of `proxy/cli/` instead.
 * Plain JavaScript without static imports, so that an old Node prints a sentence and no syntax error.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Node 22.18 or newer is needed, and this is ${process.version}: run "npm ci && npm start", which brings its own.\n`,
  );
  process.exit(78);
}

const { buildIfStale } = await import('./build.ts');
await buildIfStale();
const [command] = process.argv.splice(2, 1);
await import(command ? `../dist/proxy/cli/${command}.js` : '../dist/proxy/main.js');
