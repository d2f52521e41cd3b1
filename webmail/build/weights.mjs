// What the pages weigh, compressed, and what they may.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1000;

/** The most kilobytes, gzipped. */
export const LIMITS = {
  'shell and list, JS': 75,
  'shell and list, CSS': 14,
  'font, latin': 40,
  reader: 25,
  composer: 35,
  // DOMPurify, which comes beside the composer.
  cleaner: 13,
  settings: 25,
  people: 15,
  'setup and administration': 45,
  'whole app': 300,
};

export function weigh(folder, manifest) {
  const size = (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / KB;
  const reach = (key, seen = new Set()) => {
    if (seen.has(key)) return seen;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) reach(next, seen);
    return seen;
  };
  const sum = (keys, pick) => [...keys].reduce((total, key) => total + pick(manifest[key]).reduce((a, f) => a + size(f), 0), 0);
  const js = (chunk) => (chunk.file.endsWith('.js') ? [chunk.file] : []);
  const css = (chunk) => [...(chunk.css ?? []), ...(chunk.file.endsWith('.css') ? [chunk.file] : [])];
  const shell = reach('index.html');
  const lazy = (part) => {
    const own = new Set();
    for (const key of Object.keys(manifest).filter((name) => name.startsWith(part))) {
      for (const name of reach(key)) if (!shell.has(name)) own.add(name);
    }
    return sum(own, js) + sum(own, css);
  };
  const fonts = Object.values(manifest).filter((chunk) => chunk.file.endsWith('.woff2') && /next-latin-wght/.test(chunk.file));
  const languages = Object.keys(manifest).filter((key) => key.includes('sentences/'));
  const all = Object.keys(manifest).filter((key) => manifest[key].file !== 'sw.js');
  return {
    'shell and list, JS': sum(shell, js) + Math.max(0, ...languages.map((key) => sum([key], js))),
    'shell and list, CSS': sum(shell, css),
    'font, latin': fonts.reduce((total, chunk) => total + size(chunk.file), 0),
    reader: lazy('src/reader/'),
    composer: lazy('src/compose/compose'),
    cleaner: lazy('src/compose/clean'),
    settings: lazy('src/settings/') + lazy('src/rules/'),
    people: lazy('src/people/'),
    'setup and administration': lazy('src/admin/') + lazy('src/setup/'),
    'whole app': sum(all, js),
  };
}

export function judge(weights) {
  const faults = [];
  for (const [name, limit] of Object.entries(LIMITS)) {
    const found = weights[name] ?? 0;
    process.stdout.write(`${name}: ${found.toFixed(1)} of ${limit} kB\n`);
    if (found > limit) faults.push(`${name}: ${found.toFixed(1)} kB, at most ${limit}`);
  }
  return faults;
}
