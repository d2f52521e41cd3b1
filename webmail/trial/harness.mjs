// What every run of journeys has: a page, a list of what was wrong, pictures.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, openPage, violations } from './browser.mjs';
import { deliver, letter } from './mail.mjs';

/**
 * @param origin scheme, host and port of the server
 * @param password of everybody
 * @param pictures a folder, or nothing
 */
export async function begin({ origin, smtp = 0, password, pictures }) {
  if (pictures) mkdirSync(pictures, { recursive: true });
  const browser = await launch();
  const failures = [];
  let current = '';
  const all = {
    browser,
    origin,
    page: await openPage(browser),
    check(ok, what) {
      if (!ok) failures.push(`${current}: ${what}`);
    },
    async journey(name, work) {
      current = name;
      if (process.env.ONLY && !process.env.ONLY.split(',').some((each) => name.includes(each))) return;
      const start = Date.now();
      try {
        await work();
      } catch (fault) {
        failures.push(`${name}: ${String(fault.message ?? fault).split('\n').slice(0, 6).join(' ')}`);
        if (pictures) await all.page.screenshot({ path: join(pictures, `failed-${name.replace(/\W+/g, '-')}.png`) }).catch(() => {});
      }
      if (all.page.faults.length) failures.push(`${name}: console: ${all.page.faults.splice(0).join(' · ')}`);
      console.log(`${failures.some((each) => each.startsWith(`${name}:`)) ? 'FAILED' : 'ok'} ${name} (${Date.now() - start} ms)`);
    },
    async picture(name) {
      if (pictures) await all.page.screenshot({ path: join(pictures, `${name}.png`) });
    },
    async accessible(name) {
      for (const each of await violations(all.page)) all.check(false, `axe on ${name}: ${each}`);
    },
    /** The same page drawn in the dark and on a phone has nothing against it either. */
    async everywhere(name) {
      await all.settled();
      await all.accessible(name);
      await all.picture(name);
      const size = all.page.viewportSize();
      await all.page.setViewportSize({ width: 390, height: 844 });
      await all.settled();
      all.check(await all.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is no wider than a phone`);
      await all.accessible(`${name}, phone`);
      await all.picture(`${name}-phone`);
      await all.page.setViewportSize(size);
      await all.page.evaluate(() => (document.documentElement.dataset.theme = 'dark'));
      await all.accessible(`${name}, dark`);
      await all.picture(`${name}-dark`);
      await all.page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
    },
    /** Nothing is being loaded or moved any more. */
    async settled() {
      await all.page.waitForFunction(() => !document.querySelector('[aria-busy=true]') && document.getAnimations().every((each) => each.playState !== 'running'));
    },
    async signIn(target, who) {
      await target.goto(`${origin}/`);
      await target.getByLabel('Adresse électronique').fill(who);
      await target.getByLabel('Mot de passe', { exact: true }).fill(password);
      await target.getByRole('button', { name: 'Entrer' }).click();
      await target.locator('.list').waitFor();
    },
    receive: (from, subject, text, more = {}) =>
      deliver(Number(smtp), { from: /<(.*)>/.exec(from)[1], to: 'alice@example.org', letter: letter({ from, subject, text, ...more }) }),
    row: (text) => all.page.getByRole('row').filter({ hasText: text }),
    /** Another page of ours in the same document, as a click on a link does it. */
    go: (path) =>
      all.page.evaluate((to) => {
        history.pushState({}, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
      }, path),
    async finish() {
      await browser.close();
      if (failures.length) {
        console.log(`\n${failures.join('\n')}`);
        process.exit(1);
      }
    },
  };
  return all;
}
