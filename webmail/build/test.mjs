// Runs the tests of the pages, unless Maven was told to run none.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
if (!process.argv.slice(2).includes('true')) {
  const tests = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot'], { cwd: root, stdio: 'inherit' });
  process.exit(tests.status ?? 1);
}
