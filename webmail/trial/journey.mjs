// Whole journeys through the pages of a running server.
//
// node trial/journey.mjs ORIGIN SMTP-PORT PASSWORD [PICTURES]
// Alice and Bob of example.org are there, with the same password and empty boxes.
import { createServer } from 'node:http';
import { openPage } from './browser.mjs';
import { begin } from './harness.mjs';
import { hostile } from './hostile.mjs';
import { keeping } from './keeping.mjs';
import { lite } from './lite.mjs';
import { telling } from './telling.mjs';
import { organising } from './organising.mjs';

const [origin, smtp, password, pictures] = process.argv.slice(2);
const run = await begin({ origin, smtp, password, pictures });
const { browser, check, journey, picture, accessible, settled, signIn, receive, row, go } = run;
let page = run.page;

/** The page that the next journeys are about. */
function use(other) {
  run.page = page = other;
}

await journey('a wrong password is told', async () => {
  await page.goto(`${origin}/mail/inbox`);
  await page.getByLabel('Adresse électronique').fill('alice@example.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill('ce n’est pas celui-là');
  await picture('sign-in');
  await accessible('sign-in');
  await page.getByRole('button', { name: 'Entrer' }).click();
  await page.getByText('ne convient pas').waitFor();
});

await journey('sign in', async () => {
  await signIn(page, 'alice@example.org');
  const cookie = (await page.context().cookies()).find((each) => each.name.endsWith('facteur'));
  check(cookie.httpOnly && cookie.sameSite === 'Strict', 'the cookie is for the server alone');
});

await journey('a letter appears in the open page', async () => {
  await settled();
  const start = Date.now();
  await receive('Claire Martin <claire@example.net>', 'Photos des vacances', 'Les voici enfin ! J’ai gardé les meilleures.\n\nhttps://photos.example/calanques\n\nClaire', {
    files: [{ type: 'application/pdf', name: 'itinéraire.pdf'.normalize('NFC').replace('é', 'e'), data: '%PDF-1.4' }, { type: 'application/octet-stream', name: 'facture.pdf.exe', data: 'MZ' }],
  });
  await row('Photos des vacances').waitFor({ timeout: 5000 });
  console.log(`   delivery to row: ${Date.now() - start} ms`);
  await picture('inbox');
  await accessible('inbox');
});

await journey('read', async () => {
  await row('Photos des vacances').click();
  await page.getByRole('heading', { name: 'Photos des vacances' }).waitFor();
  const frame = page.frameLocator('iframe.letter-frame');
  await frame.getByText('Les voici enfin').waitFor();
  check(await frame.getByRole('link', { name: 'photos.example' }).isVisible(), 'addresses are links');
  check(await page.getByText('claire@example.net').first().isVisible(), 'the address is visible without a click');
  check(await page.getByText('Bloqué').isVisible(), 'a disguised program is told');
  check((await page.getByRole('link', { name: 'Télécharger facture' }).count()) === 0, 'a program is not offered');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Télécharger itineraire.pdf' }).click()]);
  check(download.suggestedFilename() === 'itineraire.pdf', 'a file has its name');
  await page.waitForFunction(() => !document.querySelector('.row.unread'));
  await settled();
  await picture('letter');
  await accessible('letter');
  await frame.getByText('Les voici enfin').click();
  await page.keyboard.press('u');
  await page.waitForURL(/\/mail\/inbox$/);
});

await journey('archive and undo', async () => {
  await row('Photos des vacances').click();
  await page.keyboard.press('e');
  await row('Photos des vacances').waitFor({ state: 'detached' });
  await page.getByText('Courrier archivé').waitFor();
  await picture('undo');
  await page.keyboard.press('z');
  await row('Photos des vacances').waitFor();
  await page.reload();
  await row('Photos des vacances').waitFor();
});

await journey('star, unread, folders', async () => {
  await row('Photos des vacances').hover();
  await page.getByRole('button', { name: 'Ajouter aux favoris' }).first().click();
  await page.getByRole('button', { name: 'Retirer des favoris' }).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+U');
  await page.locator('.row.unread').filter({ hasText: 'Photos des vacances' }).waitFor();
  await page.getByRole('link', { name: /Envoyés/ }).click();
  await page.getByText('Ce dossier est vide').waitFor();
  await page.goBack();
  await row('Photos des vacances').waitFor();
});

await journey('search in French and in English', async () => {
  const start = Date.now();
  await receive('Paul Durand <paul@example.net>', 'Réunion de rentrée', 'Jeudi à 18 h, salle des fêtes.');
  await row('Réunion de rentrée').waitFor();
  console.log(`   delivery to row, the second time: ${Date.now() - start} ms`);
  await page.keyboard.press('/');
  await page.keyboard.type('de:claire avec:pièce');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Résultats' }).waitFor();
  await row('Photos des vacances').waitFor();
  check((await row('Réunion').count()) === 0, 'others are not found');
  await picture('search');
  await accessible('search');
  await page.goto(`${origin}/search?q=from%3Apaul`);
  await row('Réunion de rentrée').waitFor();
});

await journey('write, undo, send', async () => {
  await page.goto(`${origin}/mail/inbox`);
  await row('Photos des vacances').waitFor();
  await page.keyboard.press('c');
  await page.getByLabel('À', { exact: true }).fill('bob@example.org,');
  await page.getByLabel('Objet').fill('Dîner dimanche ?');
  await page.getByRole('textbox', { name: 'Texte de la lettre' }).click();
  await page.keyboard.type('Bonjour Bob, on mange ensemble ?');
  await picture('compose');
  await accessible('compose');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Courrier envoyé dans').waitFor();
  await page.getByRole('status').getByRole('button', { name: 'Annuler' }).click();
  await page.getByRole('heading', { name: 'Nouveau courrier' }).waitFor();
  await page.getByText('on mange ensemble').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Courrier envoyé dans').waitFor();
});

await journey('it arrives at Bob’s', async () => {
  const mine = page;
  use(await openPage(browser, { preferences: { undoSeconds: 0 } }));
  await signIn(page, 'bob@example.org');
  await row('Dîner dimanche').waitFor({ timeout: 30_000 });
  await row('Dîner dimanche').click();
  await page.frameLocator('iframe.letter-frame').getByText('on mange ensemble').waitFor();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Texte de la lettre' }).waitFor();
  await page.keyboard.type('Avec plaisir !');
  await page.getByRole('button', { name: 'Voir le texte cité' }).click();
  await picture('reply');
  await page.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await page.getByText('Courrier envoyé').waitFor();
  const faults = page.faults;
  await page.context().close();
  use(mine);
  page.faults.push(...faults);
  await page.goto(`${origin}/mail/inbox`);
  await row('Re: Dîner dimanche').waitFor({ timeout: 15_000 });
});

await organising(run);
await keeping(run);

await journey('hostile letters do nothing', async () => {
  const asked = [];
  const tracker = createServer((request, response) => {
    asked.push(request.url);
    response.end();
  });
  await new Promise((resolve) => tracker.listen(0, '127.0.0.1', resolve));
  const site = `http://127.0.0.1:${tracker.address().port}`;
  const letters = hostile(site);
  for (const [i, html] of letters.entries()) {
    await receive('Mallory <mallory@hostile.example>', `Hostile ${i}`, null, { html });
  }
  await page.goto(`${origin}/search?q=from%3Amallory`);
  await row(`Hostile ${letters.length - 1}`).waitFor({ timeout: 20_000 });
  const ids = await page.evaluate(async () => {
    const session = await (await fetch('/.well-known/jmap')).json();
    const answer = await fetch(session.apiUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        using: ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail'],
        methodCalls: [['Email/query', { accountId: Object.keys(session.accounts)[0], filter: { from: 'mallory' }, limit: 200 }, 'c']],
      }),
    });
    return (await answer.json()).methodResponses[0][1].ids;
  });
  check(ids.length === letters.length, `${letters.length} hostile letters are there`);
  await page.evaluate(() => (globalThis.untouched = true));
  page.on('dialog', (dialog) => {
    check(false, `a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  for (const id of ids) {
    await page.evaluate((path) => {
      history.pushState({}, '', path);
      dispatchEvent(new PopStateEvent('popstate'));
    }, `/mail/inbox/${id}`);
    await page.locator('iframe.letter-frame.ready').waitFor();
    check(await page.evaluate(() => globalThis.untouched === true && !document.title.includes('pwned')), `the page stands (${id})`);
  }
  // In a tab of its own a letter has no origin and no scripts either.
  for (const id of ids.slice(0, 10)) {
    const alone = await page.context().newPage();
    await alone.goto(`${origin}/m/${id}/body.html?images=1`);
    check(!(await alone.title()).includes('pwned'), `alone: ${id}`);
    await alone.close();
  }
  await settled();
  check(asked.length === 0, `the tracker heard ${asked.join(' ')}`);
  // All of them away at once, by their search.
  await page.goto(`${origin}/search?q=from%3Amallory`);
  await row('Hostile 0').or(row(`Hostile ${letters.length - 1}`)).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('toolbar', { name: 'Sélection' }).getByRole('button', { name: 'Plus', exact: true }).click();
  await page.getByRole('menuitem', { name: /Tout sélectionner/ }).click();
  await page.keyboard.press('#');
  await page.getByText(`${letters.length} courriers mis à la corbeille`.replace(/^(\d+) /, '$1\u00a0')).or(page.getByText(`${letters.length} courriers`)).first().waitFor();
  // What a letter tried is cleaned away before the browser sees it: there is nothing to block, and
  // so nothing to report.
  const reported = page.faults.splice(0);
  check(reported.length === 0, `the browser had something to block: ${reported.join(' · ')}`);
  tracker.close();
});

await journey('settings in light, dark and English', async () => {
  await page.goto(`${origin}/settings/appearance`);
  for (const section of ['appearance', 'reading', 'language', 'signatures', 'labels', 'templates', 'rules', 'notifications', 'away', 'security', 'storage', 'shortcuts']) {
    await go(`/settings/${section}`);
    await page.locator('.page-inside').waitFor();
    await settled();
    await picture(`settings-${section}`);
    await accessible(section);
  }
  for (const path of ['/devices', '/recover', '/scheduled', '/sent']) {
    await go(path);
    await page.locator('.page-inside').waitFor();
    await settled();
    await picture(path.slice(1));
    await accessible(path);
  }
  await go('/settings/appearance');
  await page.getByText('Sombre', { exact: true }).click();
  await go('/settings/language');
  await page.getByText('English', { exact: true }).click();
  await page.getByRole('heading', { name: 'Language' }).waitFor();
  await go('/mail/inbox');
  await row('Photos des vacances').click();
  await page.locator('iframe.letter-frame.ready').waitFor();
  await settled();
  await picture('dark');
  await accessible('dark');
});

await journey('without a line', async () => {
  await page.goto(`${origin}/mail/inbox`);
  await row('Photos des vacances').waitFor();
  await page.context().setOffline(true);
  await row('Photos des vacances').hover();
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await page.getByText(/Offline/).first().waitFor();
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText(/Offline/).first().waitFor({ state: 'detached' });
  page.faults.length = 0;
});

await journey('sign out', async () => {
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to your mail' }).waitFor();
  const status = await page.evaluate(async () => (await fetch('/.well-known/jmap')).status);
  check(status === 401, 'the session has ended');
});

await journey('on a phone', async () => {
  await page.context().close();
  use(await openPage(browser, { size: { width: 390, height: 844 } }));
  await signIn(page, 'alice@example.org');
  await row('Photos des vacances').waitFor();
  await picture('phone-inbox');
  await accessible('phone inbox');
  await row('Photos des vacances').click();
  await page.locator('iframe.letter-frame.ready').waitFor();
  await settled();
  await picture('phone-letter');
  await accessible('phone letter');
  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is wider than the phone');
  await page.goBack();
  await row('Photos des vacances').waitFor();
  await page.getByRole('button', { name: 'Écrire' }).click();
  await page.getByLabel('Objet').waitFor();
  await picture('phone-compose');
  await accessible('phone compose');
});

await journey('the shell opens without a line', async () => {
  await page.context().close();
  use(await openPage(browser, { serviceWorkers: 'allow' }));
  await signIn(page, 'alice@example.org');
  await row('Photos des vacances').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  // From here on the service worker asks for letters, and keeps them.
  await row('Photos des vacances').click();
  await page.locator('iframe.letter-frame.ready').waitFor();
  await page.frameLocator('iframe.letter-frame').getByText('Les voici enfin').waitFor();
  check((await page.locator('iframe.letter-frame').boundingBox()).height > 60, 'the frame has the height of its letter');
  await page.context().setOffline(true);
  await page.reload();
  await row('Photos des vacances').waitFor();
  page.faults.length = 0;
});

await telling(run);
page = run.page;
await page.context().close();
use(await openPage(browser));
await lite(run, password);
await run.finish();
