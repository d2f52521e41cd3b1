// Builds the pages: types, bundle, list for the service worker, compressed twins, weights.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { install } from './install.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const outDir = resolve(process.argv[process.argv.indexOf('--outDir') + 1 || process.argv.length] ?? join(root, 'dist'));

/** Whether everything that goes into the pages is older than they are. */
function upToDate() {
  const made = join(outDir, 'index.html.br');
  if (!existsSync(made)) return false;
  const when = statSync(made).mtimeMs;
  const sources = ['package-lock.json', 'vite.config.mjs', 'index.html', 'tsconfig.json', 'src', 'public', 'build'].map((name) => join(root, name));
  for (const file of sources) {
    const inside = statSync(file).isDirectory() ? readdirSync(file, { recursive: true }).map((name) => join(file, name)) : [];
    if ([file, ...inside].some((each) => statSync(each).mtimeMs > when)) return false;
  }
  return true;
}

install(root);
if (upToDate()) process.exit(0);
const { build } = await import('vite');
const { judge, weigh } = await import('./weights.mjs');

const types = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit'], {
  cwd: root,
  stdio: 'inherit',
});
if (types.status !== 0) process.exit(types.status ?? 1);

await build({ root, configFile: join(root, 'vite.config.mjs'), build: { outDir, emptyOutDir: true }, logLevel: 'warn' });

const files = readdirSync(outDir, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

// What the service worker keeps from the first visit on: the shell, not what is loaded on demand.
const manifest = JSON.parse(readFileSync(join(outDir, '.vite/manifest.json'), 'utf8'));
const kept = new Set(['/', '/theme.js']);
for (const chunk of Object.values(manifest)) {
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) {
    if (file && file !== 'sw.js' && !file.endsWith('.html')) kept.add(`/${file}`);
  }
}
const worker = join(outDir, 'sw.js');
const list = [...kept].sort();
const version = createHash('sha256').update(list.join()).update(readFileSync(join(outDir, 'index.html'))).digest('hex').slice(0, 12);
const written = readFileSync(worker, 'utf8').replace(/["'`]__KEPT__["'`]/, JSON.stringify(list)).replace('__VERSION__', version);
if (/__(KEPT|VERSION)__/.test(written)) throw new Error('the service worker has no place for its list');
writeFileSync(worker, written);

const COMPRESSED = /\.(js|css|html|svg|json|webmanifest|txt)$/;
for (const file of files) {
  if (!COMPRESSED.test(file)) continue;
  const octets = readFileSync(file);
  if (octets.length < 200) continue;
  writeFileSync(`${file}.br`, brotliCompressSync(octets, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${file}.gz`, gzipSync(octets, { level: 9 }));
}

const faults = judge(weigh(outDir, manifest));
if (faults.length) {
  process.stderr.write(`too heavy:\n  ${faults.join('\n  ')}\n`);
  process.exit(1);
}
