// Pictures of the screens, and what axe-core has against them: `npm run pictures -- [folder]`.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve, village } from './fake-site.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = process.env.FACTEUR_DIST ?? join(root, 'dist');
const folder = resolve(process.argv[2] ?? join(root, 'target/pictures'));
mkdirSync(folder, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const site = await serve(dist, village());
const origin = `http://127.0.0.1:${site.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
const screens = [
  { name: 'inbox', path: '/mail/inbox' },
  { name: 'letter', path: '/mail/inbox/L1' },
  { name: 'exchange', path: '/mail/inbox/L5', preferences: { reading: 'exchanges' } },
  { name: 'compose', path: '/compose' },
  { name: 'reply', path: '/compose?reply=L1' },
  { name: 'search', path: '/search?q=de%3Aclaire%20avec%3Api%C3%A8ce' },
  { name: 'appearance', path: '/settings/appearance' },
  { name: 'reading', path: '/settings/reading' },
  { name: 'signatures', path: '/settings/signatures' },
  { name: 'away', path: '/settings/away' },
  { name: 'devices', path: '/devices' },
  { name: 'security', path: '/settings/security' },
  { name: 'storage', path: '/settings/storage' },
  { name: 'shortcuts', path: '/settings/shortcuts' },
  { name: 'recover', path: '/recover' },
  { name: 'empty', path: '/mail/trash' },
  { name: 'label', path: '/label/K1' },
  { name: 'scheduled', path: '/scheduled' },
  { name: 'sent', path: '/sent' },
  { name: 'people', path: '/people/C1' },
  { name: 'people-new', path: '/people/new' },
  { name: 'rules', path: '/settings/rules' },
  { name: 'templates', path: '/settings/templates' },
  { name: 'labels', path: '/settings/labels' },
  { name: 'notifications', path: '/settings/notifications' },
  { name: 'setup', path: '/setup/abc' },
  { name: 'admin-health', path: '/admin/health' },
  { name: 'admin-domains', path: '/admin/domains', click: 'Enregistrements|Records' },
  { name: 'admin-people', path: '/admin/people' },
  { name: 'admin-groups', path: '/admin/groups' },
  { name: 'admin-queue', path: '/admin/queue' },
  { name: 'snooze', path: '/mail/inbox/L1', key: 'b' },
  { name: 'label-picker', path: '/mail/inbox/L1', key: 'l' },
];
const kinds = [
  { suffix: 'light', size: WIDE, preferences: { theme: 'light', language: 'fr' } },
  { suffix: 'dark', size: WIDE, preferences: { theme: 'dark', language: 'en' } },
  { suffix: 'middle', size: MIDDLE, preferences: { theme: 'light', language: 'en' }, only: ['inbox', 'letter', 'compose'] },
  { suffix: 'phone', size: PHONE, preferences: { theme: 'light', language: 'fr' } },
];
const only = process.argv.slice(3);
let faults = 0;
for (const kind of kinds) {
  for (const screen of screens) {
    if (kind.only && !kind.only.includes(screen.name)) continue;
    const name = `${screen.name}-${kind.suffix}`;
    if (only.length && !only.some((each) => name.includes(each))) continue;
    const context = await browser.newContext({ viewport: kind.size, bypassCSP: false, serviceWorkers: 'block', timezoneId: 'Europe/Paris' });
    const chosen = { reading: 'letters', ...kind.preferences, ...screen.preferences };
    await context.addInitScript((text) => localStorage.setItem('facteur.preferences', text), JSON.stringify(chosen));
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        if (message.text().includes('blocked by Playwright')) return;
        faults++;
        console.log(`${name}: ${message.text()}`);
      }
    });
    page.on('pageerror', (fault) => {
      faults++;
      console.log(`${name}: ${fault.stack ?? fault}`);
    });
    await page.goto(origin + screen.path);
    await page.waitForSelector('main:visible, .list:visible');
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true]') && document.getAnimations().every((each) => each.playState !== 'running'));
    await page.evaluate(() => document.fonts.ready.then(() => true));
    if (screen.click) await page.getByRole('button', { name: new RegExp(screen.click) }).first().click();
    if (screen.key) {
      await page.keyboard.press(screen.key);
      await page.getByRole('dialog').waitFor();
    }
    await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
    await page.screenshot({ path: join(folder, `${name}.png`) });
    const result = await judge(page);
    for (const violation of result) {
      faults++;
      console.log(`${name}: ${violation.id} ${violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')} ${violation.nodes[0].failureSummary.split('\n').slice(1, 2).join(' ')}`);
    }
    await context.close();
  }
}
async function judge(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await session.send('Runtime.evaluate', { expression: axe, contextId: executionContextId });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: "axe.run({ resultTypes: ['violations'], iframes: false }).then((r) => JSON.stringify(r.violations))",
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return JSON.parse(result.value);
}
await browser.close();
site.close();
console.log(faults ? `${faults} faults` : 'no faults');
