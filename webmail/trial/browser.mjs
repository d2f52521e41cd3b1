// Chromium as the tests use it, and what is watched in every page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page whose errors, warnings and policy reports are kept. */
export async function openPage(browser, { size = { width: 1440, height: 900 }, preferences = {}, serviceWorkers = 'block' } = {}) {
  const context = await browser.newContext({ viewport: size, serviceWorkers, timezoneId: 'Europe/Paris', locale: 'fr-FR', ignoreHTTPSErrors: true });
  await context.addInitScript((text) => {
    if (location.protocol.startsWith('http') && !localStorage.getItem('facteur.preferences')) localStorage.setItem('facteur.preferences', text);
  }, JSON.stringify({ reading: 'letters', theme: 'light', language: 'fr', ...preferences }));
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (text.includes('blocked by Playwright') || text.includes('status of 401')) return;
    page.faults.push(`${text} ${message.location().url}`);
  });
  page.on('pageerror', (fault) => page.faults.push(String(fault.stack ?? fault)));
  return page;
}

/** What axe-core has against a page; in a world of its own, because the page lets no script in. */
export async function violations(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
  await session.send('Runtime.evaluate', { expression: AXE, contextId: executionContextId });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: "axe.run({ resultTypes: ['violations'], iframes: false }).then((r) => JSON.stringify(r.violations))",
    contextId: executionContextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return JSON.parse(result.value).map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
}
