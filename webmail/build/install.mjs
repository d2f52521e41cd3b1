// Fetches what the lock file names, when it names something else than what is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function install(root) {
  const mark = join(root, 'node_modules', '.facteur-lock');
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: root, stdio: 'inherit' });
  if (npm.error) {
    process.stderr.write('The pages need npm (Debian: apt install npm), or -DskipWebmail for a build without them.\n');
    process.exit(3);
  }
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  writeFileSync(mark, wanted);
}
