/**
 * `npm start`: brings dist/ up to date and serves it from this process, so that signals reach the proxy itself. With a
 * word after it, such as `doctor`, the entry point of that name runs instead.
 * Plain JavaScript without static imports, so that an old Node gets a sentence and not a syntax error.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Node 22.18 or newer is needed, and this is ${process.version}: run "npm ci && npm start", which brings its own.\n`,
  );
  process.exit(78);
}

const { prepare } = await import('./product.ts');
await prepare();
const [command] = process.argv.splice(2, 1);
await import(command ? `../dist/proxy/cli/${command}.js` : '../dist/proxy/main.js');
