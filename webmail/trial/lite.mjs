// Mail without scripts, in a browser that runs none.
import { violations } from './browser.mjs';

const MOST = 50_000;

export async function lite(run, password) {
  const { browser, check, journey, receive, origin } = run;

  await journey('without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR', viewport: { width: 390, height: 844 } });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    let requests = 0;
    page.on('response', async (response) => {
      requests++;
      const body = await response.body().catch(() => Buffer.alloc(0));
      check(body.length < MOST, `${new URL(response.url()).pathname} has ${body.length} octets`);
    });
    page.on('console', (message) => message.type() === 'error' && check(false, `console: ${message.text()}`));
    const row = (text) => page.getByRole('listitem').filter({ hasText: text });
    await receive('Zoé Petit <zoe@example.net>', 'Le marché de samedi', 'On se retrouve à 9 h ?\n\n<script>alert(1)</script> & https://marche.example/');
    for (let i = 0; i < 30; i++) await receive('Liste <liste@example.net>', `Bulletin ${i}`, 'Nouvelles du quartier.');
    await page.goto(`${origin}/lite`);
    await page.getByLabel('Adresse électronique').fill('alice@example.org');
    await page.getByLabel('Mot de passe').fill(password);
    await page.getByRole('button', { name: 'Entrer' }).click();
    await page.getByRole('heading', { name: 'Réception' }).waitFor();
    await page.getByRole('link', { name: 'Plus anciens' }).click();
    await row('Le marché de samedi').getByRole('link').click();
    await page.getByRole('heading', { name: 'Le marché de samedi' }).waitFor();
    check(await page.getByText('<script>alert(1)</script> &').isVisible(), 'text is shown as it is');
    const key = await page.locator('input[name=key]').first().inputValue();
    await page.getByRole('link', { name: 'Répondre', exact: true }).click();
    check((await page.getByLabel('À', { exact: true }).inputValue()) === 'Zoé Petit <zoe@example.net>', 'the answer goes to who wrote');
    await page.getByLabel('À', { exact: true }).fill('bob@example.org, pas une adresse');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('À', { exact: true }).fill('Bob Petit <bob@example.org>');
    await page.getByRole('button', { name: 'Envoyer' }).click();
    await page.getByText('Votre lettre est partie').waitFor();
    await page.goto(`${origin}/lite`);
    await page.getByRole('link', { name: /^Envoyés/ }).click();
    await row('Re: Le marché de samedi').waitFor();
    await page.goto(`${origin}/lite?from=25`);
    await row('Le marché de samedi').getByRole('link').click();
    await page.getByRole('combobox', { name: 'Déplacer vers' }).selectOption({ label: 'Archives' });
    await page.getByRole('button', { name: 'Déplacer' }).click();
    await page.getByRole('heading', { name: 'Réception' }).waitFor();
    await page.getByRole('link', { name: 'Archives' }).click();
    await row('Le marché de samedi').getByRole('link').click();
    await page.getByRole('button', { name: 'Supprimer' }).click();
    await page.getByRole('heading', { name: 'Archives' }).waitFor();
    await row('Le marché de samedi').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Corbeille/ }).click();
    await row('Le marché de samedi').waitFor();
    // A form of another site, and one without the key, do nothing.
    const post = (headers, form) => context.request.post(`${origin}/lite/act`, { headers, form, maxRedirects: 0 });
    check((await post({ Origin: 'https://evil.example' }, { key, letter: 'L1', what: 'delete' })).status() === 403, 'other sites are refused');
    check((await post({}, { key: 'wrong', letter: 'L1', what: 'delete' })).status() === 403, 'a form without the key is refused');
    check((await context.request.post(`${origin}/lite/send`, { form: { to: 'bob@example.org' } })).status() === 403, 'also for sending');
    check(requests < 40, `${requests} requests`);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Entrer dans votre courrier' }).waitFor();
    await context.close();
  });

  await journey('pages without scripts have nothing against them', async () => {
    const before = run.page;
    run.page = await (await browser.newContext({ locale: 'fr-FR', viewport: { width: 1000, height: 800 } })).newPage();
    run.page.faults = [];
    for (const path of ['/lite']) {
      await run.page.goto(origin + path);
      for (const each of await violations(run.page)) check(false, `axe on ${path}: ${each}`);
    }
    await run.page.getByLabel('Adresse électronique').fill('alice@example.org');
    await run.page.getByLabel('Mot de passe').fill(password);
    await run.page.getByRole('button', { name: 'Entrer' }).click();
    for (const path of ['/lite', '/lite/write']) {
      await run.page.goto(origin + path);
      for (const each of await violations(run.page)) check(false, `axe on ${path}: ${each}`);
      await run.picture(`lite${path === '/lite' ? '' : '-write'}`);
    }
    await run.page.goto(`${origin}/lite`);
    await run.page.getByRole('listitem').first().getByRole('link').click();
    for (const each of await violations(run.page)) check(false, `axe on a letter: ${each}`);
    await run.picture('lite-letter');
    await run.page.context().close();
    run.page = before;
  });
}
